// alliancepay.js: the classic script with the global `AlliancePay`. Works async, deferred, loaded twice, re-ordered,
// and where an optimiser has moved it out of its tag.

import { define, mount } from "./define.js";
import { filesAre } from "./files.js";

const own = document.currentScript;
// A file that an optimiser joined from several has none of ours beside it, even where its query names them.
const isOurs = (script) => /^[^?]*\/alliancepay\.js(\?|$)/.test(script?.src);

filesAre((name, host) => {
  const tag = [own, ...document.scripts].find(isOurs);
  const script = tag?.src ?? `${(host.getAttribute("backend") ?? "").replace(/\/$/, "")}/widget/alliancepay.js`;
  return new URL(name, new URL(script, document.baseURI));
});
define();

// No `export` for a bundler to make a global of: its `var` would stay local inside a wrapped script, and outside of one
// the script loaded second would replace the first one's.
globalThis.AlliancePay ??= { mount, version: __VERSION__ };
