"use client";
// The element for React: options and events as props. React itself is the application's. What React 19 does for custom
// elements is done here by hand, so that React 18 does the same.

import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { OPTIONS, attributeOf, define, written } from "./index.mjs";

const HANDLERS = {
  "alliancepay:ready": "onReady",
  "alliancepay:change": "onChange",
  "alliancepay:before-submit": "onBeforeSubmit",
  "alliancepay:before-redirect": "onBeforeRedirect",
  "alliancepay:outcome": "onOutcome",
  "alliancepay:error": "onError",
};

// There are no effects on a server, and React 18 warns of this one there.
const useEarlyEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

export const AlliancePayCheckout = forwardRef(function AlliancePayCheckout({ children, ...props }, ref) {
  const own = useRef(null);
  const latest = useRef(props);
  useImperativeHandle(ref, () => own.current, []);
  useEarlyEffect(() => {
    latest.current = props;
  });
  useEarlyEffect(() => {
    const element = own.current;
    const hear = (event) => {
      if (event.target === element) latest.current[HANDLERS[event.type]]?.(event);
    };
    for (const type in HANDLERS) element.addEventListener(type, hear);
    // Only now: whoever listens has missed nothing.
    define();
    return () => {
      for (const type in HANDLERS) element.removeEventListener(type, hear);
    };
  }, []);
  return createElement("alliancepay-checkout", { ...attributesOf(props), ref: own }, children ?? plainForm(props));
});

const attributesOf = (props) => {
  const attributes = {};
  for (const [key, value] of Object.entries(props)) {
    const name = attributeOf(key);
    if (Object.values(HANDLERS).includes(key) || value == null) continue;
    // React 18 writes `className` of a custom element out as it stands.
    attributes[OPTIONS.includes(name) ? name : key === "className" ? "class" : key] = OPTIONS.includes(name) ? written(value) : value;
  }
  return attributes;
};

/** What pays before the script, without it and after it. */
const plainForm = ({ view = "pay", backend, orderToken, product, lang = "" }) => {
  if (view !== "pay" || !backend || !orderToken) return null;
  const hidden = (name, value) => createElement("input", { type: "hidden", name, value });
  return createElement(
    "form",
    { method: "post", action: `${backend.replace(/\/$/, "")}/pay` },
    hidden("order_token", orderToken),
    product ? hidden("product", product) : null,
    createElement("button", null, lang.startsWith("uk") ? "Сплатити через AlliancePay" : "Pay with AlliancePay"),
  );
};
