// The same yardstick with Preact and htm.

import htm from "htm";
import { h, render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { checkout, money } from "./checkout.js";
import sheet from "./style.js";
import { fill, words } from "./texts.js";

const html = htm.bind(h);

const Body = ({ phase, text, sum, pay }) => {
  const button = (label, disabled = false) => html`<button type="button" disabled=${disabled} onClick=${pay}>${label}</button>`;
  switch (phase.name) {
    case "loading":
      return html`<p role="status">${text.loading}</p>`;
    case "ready":
      return html`<p role="status"></p>${button(fill(text.pay, { sum }))}`;
    case "opening":
      return html`<p role="status">${text.opening}</p>${button(text.opening, true)}`;
    case "redirecting":
      return html`<p role="status">${text.redirecting}</p><a href=${phase.page} target="_top">${text.leave}</a>`;
    case "awaiting":
      return html`<p role="status">${text.awaiting}</p>`;
    case "settled":
      return html`<p role="status">${fill(text[phase.outcome], { sum })}</p>${phase.canRetry && button(text.again)}`;
    case "unresolved":
      return html`<p role="status">${fill(text.unresolved, phase)}</p>`;
    case "failed":
      return html`<p role="status">${text.failed}</p>${phase.retryable && button(text.again)}`;
  }
};

const App = ({ host, lang }) => {
  const [phase, setPhase] = useState({ name: "loading" });
  const flow = useMemo(() => checkout(host, setPhase), [host]);
  useEffect(() => void flow.start(), [flow]);
  const text = words(lang);
  const sum = phase.amount && money(phase.amount, lang);
  return html`<div class="box">
    <label><input type="radio" name="method" checked />${text.method}</label>
    <p>${text.note}</p>
    <${Body} phase=${phase} text=${text} sum=${sum} pay=${flow.pay} />
  </div>`;
};

customElements.define(
  "peer-checkout",
  class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      render(html`<${App} host=${this} lang=${this.getAttribute("lang")} />`, root);
    }
  },
);
