// The widget's WebAssembly: fetched and started once per page, by whoever needs it first.

import { imports, mount, started, unmount, update } from "alliancepay-glue";
import { load } from "./files.js";
import { guarded, isDead } from "./guard.js";

export { amount } from "alliancepay-glue";

let starting;

/** The running engine. Rejects where the wasm cannot be had; a later call tries again. */
export const engine = (host) => {
  if (isDead()) return Promise.reject(new Error("the widget has crashed"));
  starting ??= start(host).catch((error) => {
    starting = undefined;
    throw error;
  });
  return starting;
};

const start = async (host) => {
  const answer = await load(__WASM_FILE__, __WASM_INTEGRITY__, host);
  // Compiling while it comes needs the right type; a server that does not know it costs time, not the payment.
  const streams = answer.headers.get("Content-Type") === "application/wasm" && WebAssembly.instantiateStreaming;
  const { instance, module } = streams
    ? await WebAssembly.instantiateStreaming(answer, imports())
    : await WebAssembly.instantiate(await answer.arrayBuffer(), imports());
  started({ exports: guarded(instance.exports) }, module);
  return { mount, unmount, update };
};
