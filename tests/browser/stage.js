// The page under the tests: elements with a shadow root, a `fetch` that answers what it was told, counters.

let answers = [];
let calls = [];

const place = document.createElement("main");
document.body.append(place);

const realFetch = window.fetch;
window.fetch = (request, ...given) => {
  // The test runner loads its own wasm by an address.
  if (!(request instanceof Request)) return realFetch.call(window, request, ...given);
  const { method, url, headers, signal } = request;
  if (signal.aborted) return Promise.reject(signal.reason);
  const path = new URL(url).pathname;
  calls.push({ method, path, key: headers.get("Idempotency-Key") });
  const answer = answers.find((one) => one.method === method && path.startsWith(one.path));
  if (!answer) return Promise.reject("the stage has no answer: not even an Error");
  if (answer.status === 0) {
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new DOMException("", "AbortError"))));
  }
  return Promise.resolve(new Response(answer.body, { status: answer.status }));
};

export const reset = () => {
  answers = [];
  calls = [];
  place.replaceChildren();
  sessionStorage.clear();
};

export const answer = (method, path, status, body) => answers.unshift({ method, path, status, body });
export const calls_of = (method) => calls.filter((call) => call.method === method).length;
export const keys = () => new Set(calls.map((call) => call.key).filter(Boolean)).size;

export const host = (attributes) => {
  const element = document.createElement("div");
  for (const [name, value] of Object.entries(JSON.parse(attributes))) element.setAttribute(name, value);
  const root = Object.assign(document.createElement("div"), { className: "root" });
  element.attachShadow({ mode: "open" }).append(root);
  place.append(element);
  return element;
};

export const root_of = (element) => element.shadowRoot.querySelector(".root");
export const clock = () => Math.round(performance.now());
export const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

export const press = (element, times) => {
  for (let time = 0; time < times; time++) root_of(element).querySelector("button").click();
};

// Events of one element, by name; one of them may be refused.
export const listen = (element, name, refuse) => {
  element.heard ??= [];
  element.addEventListener(`alliancepay:${name}`, (event) => {
    element.heard.push(`${name} ${JSON.stringify(event.detail)}`);
    if (refuse) event.preventDefault();
  });
};

// The page asks for time to think at this event, until `decide`.
export const think = (element, name) => {
  element.addEventListener(`alliancepay:${name}`, (event) => {
    const thought = new Promise((resolve, reject) => {
      element.decide = (yes) => (yes ? resolve() : reject(new Error("the shop is sold out")));
    });
    event.detail.waitUntil(thought);
  });
};

export const is_thinking = (element) => element.decide !== undefined;
export const decide = (element, yes) => element.decide(yes);

export const heard = (element) => (element.heard ?? []).join("\n");

let listening = 0;
const { addEventListener, removeEventListener } = EventTarget.prototype;
const counts = (target) => target === window || target === document;
EventTarget.prototype.addEventListener = function (...given) {
  if (counts(this ?? window)) listening += 1;
  return addEventListener.apply(this, given);
};
EventTarget.prototype.removeEventListener = function (...given) {
  if (counts(this ?? window)) listening -= 1;
  return removeEventListener.apply(this, given);
};

export const listeners = () => listening;

const storage = Object.getOwnPropertyDescriptor(window, "sessionStorage");
export const block_storage = () =>
  Object.defineProperty(window, "sessionStorage", {
    configurable: true,
    get: () => {
      throw new DOMException("blocked", "SecurityError");
    },
  });
export const allow_storage = () => Object.defineProperty(window, "sessionStorage", storage);

const markup = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
export const forbid_markup = () =>
  Object.defineProperty(Element.prototype, "innerHTML", {
    configurable: true,
    set: () => {
      throw new TypeError("This document requires 'TrustedHTML' assignment.");
    },
  });
export const allow_markup = () => Object.defineProperty(Element.prototype, "innerHTML", markup);
