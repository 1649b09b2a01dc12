// alliancepay.mjs: the same as a module. On a server importing it does nothing.

import { define, mount } from "./define.js";
import { FILES } from "alliancepay-files";
import { filesAre } from "./files.js";

filesAre((name) => FILES[name]());
define();

const version = __VERSION__;

export { mount, version };
