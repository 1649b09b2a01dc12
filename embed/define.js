// Defining the element, and `AlliancePay.mount` on top of it: both ways of embedding are one and the same.

import { AlliancePayCheckout } from "./element.js";
import { OPTIONS } from "./options.js";

const NAME = "alliancepay-checkout";

/** Defines `<alliancepay-checkout>`; where it is defined already (loaded twice) the first one stays. */
export const define = () => {
  if (globalThis.customElements && !customElements.get(NAME)) customElements.define(NAME, AlliancePayCheckout);
};

/** Puts a widget into `target`; what was in there becomes its fallback. Options are the attributes in camelCase. */
export const mount = (target, options = {}) => {
  const place = typeof target === "string" ? document.querySelector(target) : target;
  if (!place) throw new TypeError(`AlliancePay.mount: there is no element ${target}`);
  define();
  const element = document.createElement(NAME);
  apply(element, options);
  element.append(...place.childNodes);
  place.append(element);
  return {
    element,
    update: (changes) => apply(element, changes),
    unmount: () => element.replaceWith(...element.childNodes),
  };
};

/** The attribute of an option that is given in camelCase. */
export const attributeOf = (option) => option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A value as an attribute holds it. */
export const written = (value) =>
  Array.isArray(value) ? value.join(" ") : typeof value === "object" ? JSON.stringify(value) : String(value);

const apply = (element, options) => {
  for (const [key, value] of Object.entries(options)) {
    const name = attributeOf(key);
    if (!OPTIONS.includes(name)) console.error(`AlliancePay.mount: there is no option "${key}"`);
    else if (value == null) element.removeAttribute(name);
    else element.setAttribute(name, written(value));
  }
};
