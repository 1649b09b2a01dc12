// The no-framework yardstick: the same phases drawn with the DOM's own calls.

import { checkout, money } from "./checkout.js";
import sheet from "./style.js";
import { fill, words } from "./texts.js";

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

customElements.define(
  "peer-checkout",
  class extends HTMLElement {
    connectedCallback() {
      const lang = this.getAttribute("lang");
      const text = words(lang);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      const status = element("p", { role: "status" });
      const place = element("div");
      const radio = element("input", { type: "radio", name: "method", checked: true });
      root.append(element("div", { className: "box" }, element("label", {}, radio, text.method), element("p", { textContent: text.note }), status, place));

      const button = (label, disabled) => element("button", { type: "button", textContent: label, disabled, onclick: () => flow.pay() });
      const flow = checkout(this, (phase) => {
        const sum = phase.amount && money(phase.amount, lang);
        const say = (words, ...controls) => {
          status.textContent = words;
          place.replaceChildren(...controls);
        };
        switch (phase.name) {
          case "loading":
            return say(text.loading);
          case "ready":
            return say("", button(fill(text.pay, { sum })));
          case "opening":
            return say(text.opening, button(text.opening, true));
          case "redirecting":
            return say(text.redirecting, element("a", { href: phase.page, target: "_top", textContent: text.leave }));
          case "awaiting":
            return say(text.awaiting);
          case "settled":
            return say(fill(text[phase.outcome], { sum }), ...(phase.canRetry ? [button(text.again)] : []));
          case "unresolved":
            return say(fill(text.unresolved, phase));
          case "failed":
            return say(text.failed, ...(phase.retryable ? [button(text.again)] : []));
        }
      });
      flow.start();
    }
  },
);
