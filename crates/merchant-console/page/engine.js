// The console's WebAssembly: fetched and started once per page, by whoever needs it first.

import initialise, { mount, start, unmount } from "console-glue";

let starting;

/** Where our files are: beside this script, and the backend one folder above. */
export const here = new URL("./", import.meta.url);

/** The running engine. Rejects where the wasm cannot be had; a later call tries again. */
export const engine = () => {
  starting ??= load().catch((error) => {
    starting = undefined;
    throw error;
  });
  return starting;
};

const load = async () => {
  const answer = await fetch(new URL(__CONSOLE_WASM__, here));
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  await initialise({ module_or_path: answer });
  return { mount, start, unmount };
};
