// The words of the widget: one file per language, of which a page loads the one it needs, and the merchant's own words
// in place of some of them. Which text is for what is known to the wasm; here they are a list. Languages that the loader
// does not know by itself are in a list that their buyers load first.

import { LANGUAGES, MORE } from "alliancepay-languages";
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
  if (!loaded.has(tag)) {
    const texts = find(tag, element);
    loaded.set(tag, texts);
    texts.catch(() => loaded.delete(tag));
  }
  return loaded.get(tag);
};

const find = async (tag, element) => {
  const has = (hashes) => Object.keys(hashes).includes(tag);
  const hashes = has(LANGUAGES) ? LANGUAGES : await json("more", MORE, element);
  return has(hashes) ? json(tag, hashes[tag], element) : language("en", element);
};

/** A file of JSON: its name and what it must hold follow from its hash. */
const json = async (name, hash, element) => {
  const integrity = `sha256-${btoa(hash.replace(/../g, (byte) => String.fromCharCode(`0x${byte}`)))}`;
  const answer = await load(`alliancepay-${name}-${hash.slice(0, 16)}.json`, integrity, element);
  return answer.json();
};

const ownOf = (element) => {
  try {
    const own = JSON.parse(element.getAttribute("texts")) ?? {};
    // Neither a list, nor a word, nor a number.
    if (own.constructor === Object) return own;
  } catch {}
  console.error("<alliancepay-checkout> `texts` is no JSON object: the widget's own words are shown.");
  return {};
};
