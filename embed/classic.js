// alliancepay.js: the classic script with the global `AlliancePay`. Works async, deferred, loaded twice, re-ordered,
// and where an optimiser has moved it out of its tag.

import { define, mount } from "./define.js";
import { filesAre } from "./files.js";

const own = document.currentScript?.src;

filesAre((name, host) => {
  const tag = document.querySelector('script[src*="/alliancepay.js"]');
  const script = own || tag?.src || `${(host.getAttribute("backend") ?? "").replace(/\/$/, "")}/widget/alliancepay.js`;
  return new URL(name, new URL(script, document.baseURI));
});
define();

// No `export` for a bundler to make a global of: its `var` would stay local inside a wrapped script, and outside of one
// the script loaded second would replace the first one's.
globalThis.AlliancePay ??= { mount, version: __VERSION__ };
