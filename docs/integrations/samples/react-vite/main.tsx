// A checkout page in React, built by Vite. The shop's server answers `/order` with the order's number, the backend's
// address and an order token; the return URL of the order is this page too.

import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { AlliancePayCheckout } from "@alliancepay/checkout/react";
import type { Failure, Result } from "@alliancepay/checkout";

interface Order {
  order: string;
  backend: string;
  orderToken: string;
}

function Checkout({ order, backend, orderToken }: Order) {
  const [agreed, setAgreed] = useState(false);
  const [result, setResult] = useState<Result>();
  const [failure, setFailure] = useState<Failure>();
  return (
    <main>
      <h1>Order {order}</h1>
      <label>
        <input type="checkbox" checked={agreed} onChange={() => setAgreed(!agreed)} /> I agree to the terms
      </label>
      <AlliancePayCheckout
        view="pay"
        lang="en"
        backend={backend}
        order={order}
        orderToken={orderToken}
        onBeforeSubmit={(event) => {
          // Nothing was sent yet: the page may say no.
          if (!agreed) event.preventDefault();
        }}
        onOutcome={(event) => setResult(event.detail)}
        onError={(event) => setFailure(event.detail)}
      />
      {/* It informs the buyer. The parcel leaves by what the shop's server learns. */}
      <p role="status">{result ? `${result.order}: ${result.outcome}` : failure?.message}</p>
    </main>
  );
}

const order: Order = await (await fetch("/order")).json();
createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <Checkout {...order} />
  </StrictMode>,
);
