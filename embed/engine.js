// The widget's WebAssembly: fetched and started once per page, by whoever needs it first.

import initialise, { mount, unmount, update } from "alliancepay-glue";
import { isDead } from "./guarded-webassembly.js";

let address;
let starting;

/** Says where the wasm is; called by the entry, which alone knows its own address. */
export const wasmIsAt = (find) => {
  address ??= find;
};

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
  const answer = await fetch(address(host), { integrity: __WASM_INTEGRITY__ });
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  await initialise({ module_or_path: answer });
  return { mount, unmount, update };
};
