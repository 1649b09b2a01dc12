// The elements for a shop's own admin: the console's views in shadow roots. Attributes: `backend`, `token` or
// `token-url`, `order`, `order-url`, `lang`, `theme`.

import css from "console-style";
import { engine } from "./engine.js";
import { onDeath } from "./guard.js";

const ATTRIBUTES = ["backend", "token", "token-url", "order", "order-url", "lang"];
const SORRY = {
  uk: "Не вдалося показати дані AlliancePay. Оновіть сторінку.",
  en: "AlliancePay could not be shown. Please reload the page.",
};

const alive = new Set();
let sheet;

// Importing this file on a server must not fail: there is nothing to extend there.
const Base = globalThis.HTMLElement ?? class {};

class AlliancePayElement extends Base {
  static get observedAttributes() {
    return ATTRIBUTES;
  }

  connectedCallback() {
    if (!this._root) {
      const shadow = this.attachShadow({ mode: "open" });
      dress(shadow);
      this._root = Object.assign(document.createElement("div"), { className: "root" });
      shadow.append(this._root);
    }
    this._start();
  }

  // An element that is moved is out of the page only within one task.
  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this._end();
    });
  }

  attributeChangedCallback() {
    if (this._id === undefined || this._changing) return;
    this._changing = true;
    queueMicrotask(() => {
      this._changing = false;
      if (!this.isConnected) return;
      this._end();
      this._start();
    });
  }

  async _start() {
    if (this._id !== undefined || this._starting) return;
    this._starting = true;
    try {
      this._engine = await engine();
      if (!this.isConnected) return;
      alive.add(this);
      this._id = this._engine.mount(this, this._root);
    } catch (error) {
      this._sorry();
      console.error("AlliancePay:", error);
    } finally {
      this._starting = false;
    }
  }

  _end() {
    if (this._id === undefined) return;
    const id = this._id;
    this._id = undefined;
    alive.delete(this);
    this._engine.unmount(id);
  }

  _sorry() {
    this._id = undefined;
    const lang = this.closest("[lang]")?.lang ?? navigator.language;
    this._root.textContent = lang.startsWith("uk") ? SORRY.uk : SORRY.en;
  }
}

onDeath(() => {
  for (const element of alive) element._sorry();
  alive.clear();
});

// A constructed sheet is allowed where the page's policy forbids <style> and style="".
const dress = (shadow) => {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  shadow.adoptedStyleSheets = [sheet];
};

if (globalThis.customElements) {
  for (const name of ["alliancepay-orders", "alliancepay-order-status", "alliancepay-order"]) {
    // A class of its own for each name; where it is defined already (loaded twice) the first one stays.
    if (!customElements.get(name)) customElements.define(name, class extends AlliancePayElement {});
  }
}
