// What the types allow, and what they do not: compiled, never run. A line that should fail and does not is an error.

import { mount, type Mounted } from "@alliancepay/checkout";
import "@alliancepay/checkout/element";
import { AlliancePayCheckout } from "@alliancepay/checkout/react";

const widget: Mounted = mount("#payment", { view: "status", amount: 100, paymentHosts: ["pay.example"] });
widget.update({ theme: "dark", texts: { pay: "Give" }, logoUrl: null });
widget.unmount();
widget.element.addEventListener("alliancepay:error", ({ detail }) => {
  const retryable: boolean = detail.retryable;
  const code: "widget_crashed" | "token_stale" | undefined =
    detail.code === "widget_crashed" || detail.code === "token_stale" ? detail.code : undefined;
  console.log(retryable, code, detail.supportId?.length);
  // @ts-expect-error there is no such code
  console.log(detail.code === "no_money");
});

// @ts-expect-error a view is one of three
mount("#payment", { view: "popup" });
// @ts-expect-error there is no such option
mount("#payment", { clientSecret: "x" });

export const pages = [
  <AlliancePayCheckout
    view="pay"
    backend="https://pay.shop.example"
    orderToken="TOKEN"
    className="payment"
    data-test="payment"
    onBeforeRedirect={(event) => event.detail.waitUntil(Promise.resolve(event.detail.amount?.minor))}
    onChange={({ detail }) => console.log(detail.phase === "redirecting", detail.open)}
    ref={(element) => console.log(element?.shadowRoot)}
  >
    <a href="/pay">Pay</a>
  </AlliancePayCheckout>,
  <alliancepay-checkout view="status" order-token="TOKEN" token-url="/token" class="payment" />,
  // @ts-expect-error the attribute is written with a dash
  <alliancepay-checkout orderToken="TOKEN" />,
  // @ts-expect-error an outcome is not a promise
  <AlliancePayCheckout onOutcome={(event) => event.detail.waitUntil(Promise.resolve())} />,
];
