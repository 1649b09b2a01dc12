// The words of the widget: one file per language, of which a page loads the one it needs, and the merchant's own words
// in place of some of them. Which text is for what is known to the wasm; here they are a list.

import { LANGUAGES } from "alliancepay-languages";
import { load } from "./files.js";

const loaded = new Map();

/** The buyer's locale: the nearest `lang` on the page, the element's own first; else the browser's. */
export const localeOf = (element) => element.closest("[lang]")?.getAttribute("lang").trim() || navigator.language;

/** All texts for this element, as the wasm takes them. */
export const textsOf = async (element) => {
  const texts = await language(localeOf(element), element);
  const own = ownOf(element);
  return Object.keys(texts)
    .map((key) => own[key] ?? texts[key])
    .join("\0");
};

const language = (locale, element) => {
  const [tag] = locale.toLowerCase().split(/[-_]/);
  const name = Object.keys(LANGUAGES).includes(tag) ? tag : "en";
  if (!loaded.has(name)) {
    const hash = LANGUAGES[name];
    const integrity = `sha256-${btoa(hash.replace(/../g, (byte) => String.fromCharCode(`0x${byte}`)))}`;
    const texts = load(`alliancepay-${name}-${hash.slice(0, 16)}.json`, integrity, element).then((answer) => answer.json());
    loaded.set(name, texts);
    texts.catch(() => loaded.delete(name));
  }
  return loaded.get(name);
};

const ownOf = (element) => {
  try {
    return Object(JSON.parse(element.getAttribute("texts")));
  } catch {
    console.error("<alliancepay-checkout> `texts` is no JSON object: the widget's own words are shown.");
    return {};
  }
};
