// The custom element: a shadow root that shows what the page put inside the element until the widget is alive, and
// again if it dies. No decisions about payments here; those are in the wasm.

import css from "alliancepay-style";
import { amount, engine } from "./engine.js";
import { onDeath } from "./guard.js";
import { OPTIONS } from "./options.js";
import { isChosen } from "./radio.js";
import { localeOf, textsOf } from "./texts.js";

const SORRY = {
  uk: "Не вдалося показати оплату. Оновіть сторінку.",
  en: "Payment could not be shown. Please reload the page.",
};

const alive = new Set();
const init = { bubbles: true, composed: true };
let sheet;

// Importing this file on a server must not fail: there is nothing to extend there.
const Base = globalThis.HTMLElement ?? class {};

export class AlliancePayCheckout extends Base {
  static get observedAttributes() {
    return OPTIONS;
  }

  connectedCallback() {
    this._build();
    this._start();
    // A radio that loses its choice says nothing itself.
    document.addEventListener("change", this._choose);
  }

  // An element that is moved is out of the page only within one task: its checkout goes on.
  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      document.removeEventListener("change", this._choose);
      this._end();
    });
  }

  attributeChangedCallback() {
    // While the files are on their way: as soon as they are there.
    this._late = this._starting;
    if (this._id === undefined || this._changing) return;
    this._changing = true;
    queueMicrotask(() => {
      this._changing = false;
      this._update();
    });
  }

  async _update() {
    const turn = (this._turn = {});
    // Without the other language the words stay as they are; everything else changes.
    this._texts = await textsOf(this).catch(() => this._texts);
    if (this._turn !== turn || this._id === undefined) return;
    this._engine.update(this._id, localeOf(this), this._texts);
    this._choose();
  }

  _build() {
    if (this._root) return;
    const shadow = this.attachShadow({ mode: "open" });
    dress(shadow);
    const create = (tag, className) => Object.assign(document.createElement(tag), { className });
    const radio = Object.assign(create("slot", "radio"), { name: "radio" });
    this._root = Object.assign(create("div", "root"), { hidden: true });
    this._blank = create("div", "blank");
    const page = create("slot", "page");
    page.append(this._blank);
    shadow.append(radio, this._root, page);
    // One and the same function: however often it fails, it is called once.
    this._again = () => this._start();
    this._choose = () => this._open(this.getAttribute("view") !== "option" || isChosen(this));
    // What no script reaches (a forgotten origin, a blocker), a plain form may.
    this.addEventListener("alliancepay:error", (event) => {
      if (event.target === this && event.detail.code === "network_error") this._root.dataset.unreached = "";
    });
    this.addEventListener("alliancepay:change", (event) => {
      if (event.target === this) delete this._root.dataset.unreached;
    });
  }

  // Among other methods the option is open only while its radio is the chosen one.
  _open(open) {
    if (this._root.toggleAttribute("data-closed", !open) === !this._wasOpen) return;
    this._wasOpen = open;
    if (this._id === undefined) return;
    this.dispatchEvent(new CustomEvent("alliancepay:change", { ...init, detail: { phase: "option", open } }));
  }

  async _start() {
    if (this._id !== undefined || this._starting) return;
    this._starting = true;
    this._late = false;
    try {
      const files = Promise.all([engine(this), textsOf(this)]);
      // A browser's first formatter takes it ten milliseconds and more: better while the files are on their way.
      amount("0", this.getAttribute("currency") ?? "UAH", localeOf(this));
      [this._engine, this._texts] = await files;
      if (!this.isConnected) return;
      const hadFocus = this.contains(document.activeElement);
      alive.add(this);
      this._root.hidden = false;
      this._choose();
      this._id = this._engine.mount(this, this._root, localeOf(this), this._texts);
      if (hadFocus) this._root.querySelector("button:not([hidden])")?.focus();
      if (this._late) this._update();
    } catch (error) {
      // A crash while mounting has already been told as one.
      if (this._crashed) return;
      this._showPage("widget_unavailable", error);
      addEventListener("online", this._again, { once: true });
    } finally {
      this._starting = false;
    }
  }

  _end() {
    if (this._id === undefined) return;
    const id = this._id;
    this._id = undefined;
    alive.delete(this);
    this._root.hidden = true;
    this._engine.unmount(id);
  }

  _showPage(code, error) {
    this._id = undefined;
    alive.delete(this);
    this._root.hidden = true;
    this._root.replaceChildren();
    this._blank.textContent = localeOf(this).startsWith("uk") ? SORRY.uk : SORRY.en;
    const message = error ? String(error.message ?? error) : "The widget has stopped; the page's own HTML is shown.";
    const detail = { code, retryable: false, message, supportId: null };
    this.dispatchEvent(new CustomEvent("alliancepay:error", { ...init, detail }));
  }
}

onDeath(() => {
  for (const element of [...alive]) {
    element._crashed = true;
    element._showPage("widget_crashed");
  }
});

// A constructed sheet is allowed where the page's policy forbids <style> and style="".
const dress = (shadow) => {
  if ("adoptedStyleSheets" in shadow) {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    shadow.adoptedStyleSheets = [sheet];
  } else {
    const style = document.createElement("style");
    style.textContent = css;
    shadow.append(style);
  }
};
