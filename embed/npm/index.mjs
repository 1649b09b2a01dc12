// The npm package. Importing it changes nothing, on a page or on a server: `mount` and `define` do, when they are called.

import { FILES } from "alliancepay-files";
import { attributeOf, define, mount, written } from "../define.js";
import { filesAre } from "../files.js";
import { OPTIONS } from "../options.js";

let folder;

/** Where the wasm and the texts are, for builds that do not carry them along: copy them from the package to there. */
export const filesFrom = (address) => {
  folder = String(address).replace(/\/?$/, "/");
};

filesAre((name) => (folder ? new URL(name, new URL(folder, document.baseURI)) : FILES[name]()));

export const version = __VERSION__;

export { OPTIONS, attributeOf, define, mount, written };
