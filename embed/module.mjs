// alliancepay.mjs: the same as a module. On a server importing it does nothing.

import { define, mount } from "./define.js";
import { wasmIsAt } from "./engine.js";

wasmIsAt(() => new URL(`./${__WASM_FILE__}`, import.meta.url));
define();

const version = __VERSION__;

export { mount, version };
