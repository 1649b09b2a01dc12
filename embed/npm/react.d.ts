import type { DetailedHTMLProps, ForwardRefExoticComponent, HTMLAttributes, ReactNode, RefAttributes } from "react";
import type { Attributes, Events, Options } from "./index.js";

/** Options, events as `on…`, and what every element takes. */
export interface AlliancePayCheckoutProps
  extends Options,
    Omit<HTMLAttributes<HTMLElement>, keyof Options | keyof Handlers | "children">,
    Handlers {
  /** What is shown, and pays, until the widget is alive. Without it in the view `pay`: a plain form. */
  children?: ReactNode;
}

interface Handlers {
  onReady?(event: Events["alliancepay:ready"]): void;
  onChange?(event: Events["alliancepay:change"]): void;
  /** `event.preventDefault()` stops the payment, `event.detail.waitUntil(promise)` delays it. */
  onBeforeSubmit?(event: Events["alliancepay:before-submit"]): void;
  /** The same before the browser leaves for the payment page. */
  onBeforeRedirect?(event: Events["alliancepay:before-redirect"]): void;
  onOutcome?(event: Events["alliancepay:outcome"]): void;
  onError?(event: Events["alliancepay:error"]): void;
}

/** `<alliancepay-checkout>` for React 18 and 19. Its `ref` is the element. */
export declare const AlliancePayCheckout: ForwardRefExoticComponent<
  AlliancePayCheckoutProps & RefAttributes<HTMLElement>
>;

type ElementProps = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & Attributes & { class?: string };

// For pages that write the element itself.
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "alliancepay-checkout": ElementProps;
    }
  }
}
