// Nothing here is about the widget: webpack finds its wasm and its texts by itself.
export default {
  mode: "production",
  entry: "./main.js",
};
