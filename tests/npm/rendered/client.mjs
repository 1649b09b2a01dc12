import { StrictMode, createElement } from "react";
import { hydrateRoot } from "react-dom/client";
import { Page } from "./page.mjs";

const order = JSON.parse(document.querySelector("#order").textContent);
hydrateRoot(document.querySelector("#app"), createElement(StrictMode, null, createElement(Page, order)));
