// A page that a server renders and a browser takes over.
import { createElement } from "react";
import { AlliancePayCheckout } from "@alliancepay/checkout/react";

export const Page = ({ backend, order, orderToken }) =>
  createElement(
    "main",
    null,
    createElement("h1", null, "Order"),
    createElement(AlliancePayCheckout, { lang: "en", className: "payment", backend, order, orderToken }),
  );
