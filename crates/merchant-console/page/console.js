// The console's own page.

import { engine, here } from "./engine.js";
import { onDeath } from "./guard.js";

const root = document.getElementById("console");
const crashed = () => {
  root.hidden = true;
  document.getElementById("crashed").hidden = false;
};

onDeath(crashed);
engine().then(({ start }) => {
  root.replaceChildren();
  start(root, new URL("../", here).href);
}, crashed);
