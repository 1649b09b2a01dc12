// A checkout page without a framework, built by webpack into `dist/main.js`. The shop's server answers `/order`.

import { mount } from "@alliancepay/checkout";

const { order, backend, orderToken } = await (await fetch("/order")).json();
const status = document.querySelector("[role=status]");

const widget = mount("#payment", { view: "pay", lang: "en", backend, order, orderToken });
widget.element.addEventListener("alliancepay:outcome", ({ detail }) => {
  status.textContent = `${detail.order}: ${detail.outcome}`;
});
widget.element.addEventListener("alliancepay:error", ({ detail }) => {
  status.textContent = detail.message;
});

document.querySelector("#dark").addEventListener("change", ({ target }) => {
  widget.update({ theme: target.checked ? "dark" : null });
});
document.querySelector("#other").addEventListener("click", () => widget.unmount());
