// Adyen Web's Drop-in with one redirect method: the closest equivalent in a best-in-class system. Wholly offline: the
// advanced flow with a static list of methods; every address of the vendor points at this machine.

import { AdyenCheckout, Dropin, Redirect } from "@adyen/adyen-web";
import "@adyen/adyen-web/styles/adyen.css";

const place = document.querySelector("#pay");
const vendor = place.dataset.vendor;

const checkout = await AdyenCheckout({
  environment: "test",
  environmentUrls: { api: `${vendor}/test/api/`, analytics: `${vendor}/test/analytics/`, cdn: { images: `${vendor}/test/images/`, translations: `${vendor}/test/translations/` } },
  _environmentUrls: { api: `${vendor}/test/api/`, analytics: `${vendor}/test/analytics/`, cdn: { images: `${vendor}/test/images/`, translations: `${vendor}/test/translations/` } },
  clientKey: "test_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  analytics: { enabled: false },
  locale: "en-US",
  countryCode: "NL",
  amount: { value: 101490, currency: "EUR" },
  paymentMethodsResponse: { paymentMethods: [{ type: "directEbanking", name: "Bank page" }] },
  onSubmit: async (_state, _component, actions) => {
    const answer = await fetch(`${place.dataset.shop}/submit`, { method: "POST" });
    actions.resolve(await answer.json());
  },
});
new Dropin(checkout, { paymentMethodComponents: [Redirect], openFirstPaymentMethod: true }).mount(place);
