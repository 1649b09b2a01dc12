/** Options of the widget; as attributes of `<alliancepay-checkout>` they are written with dashes: `order-token`. */
export interface Options {
  /** Address of the merchant backend. Needed by the views `pay` and `status`. */
  backend?: string;
  /** The right to pay one order, from the backend's answer to the shop. Needed by the view `pay`. */
  orderToken?: string;
  /** Address on the shop's own origin that answers `{"orderToken"}`; asked once when the token is stale. */
  tokenUrl?: string;
  /** The payment session whose status is shown. Without it: the one of the return URL. */
  session?: string;
  /** `option` beside other methods, `pay` (default) with amount and button, `status` for the result. */
  view?: "option" | "pay" | "status";
  /** Language tag; default: the nearest `lang` on the page, then the browser's. */
  lang?: string;
  /** Default `auto`: the page's own colour scheme. */
  theme?: "auto" | "light" | "dark";
  /** The way to pay; default: the order's first. */
  product?: "card" | "a2a" | "alipayplus";
  /** The page's order number; a session of another order is ignored. */
  order?: string;
  /** Minor units, shown until the backend has told the order's amount; never what is charged. */
  amount?: number | string;
  /** Currency of `amount`; default UAH. */
  currency?: "UAH" | "USD" | "EUR";
  /** Hosts of payment pages beyond the bank's own. */
  paymentHosts?: string[] | string;
  /** Replaces the mark; on the page's or the backend's origin. */
  logoUrl?: string;
  /** The merchant's own words in place of some of the widget's, by the keys of `texts/en.json`. */
  texts?: Partial<Record<string, string>>;
}

export interface Mounted {
  readonly element: HTMLElement;
  update(options: Partial<{ [Name in keyof Options]: Options[Name] | null }>): void;
  unmount(): void;
}

export declare const version: string;
export declare function mount(target: Element | string, options?: Options): Mounted;

export type Phase =
  | "option" | "ready" | "opening" | "redirecting" | "awaiting" | "paid" | "refunded"
  | "declined" | "expired" | "cancelled" | "unresolved" | "setup-error";

/** Given to the two events that may be refused by `preventDefault()`; the widget waits ten seconds at most. */
export interface Question {
  order: string | null;
  amount: { minor: number; currency: string } | null;
  product: string | null;
  waitUntil(promise: Promise<unknown>): void;
}

export interface Failure {
  code: string;
  retryable: boolean;
  message: string;
  supportId: string | null;
}

declare global {
  interface HTMLElementEventMap {
    "alliancepay:ready": CustomEvent<Record<string, never>>;
    "alliancepay:change": CustomEvent<{ phase: Phase; open?: boolean }>;
    "alliancepay:before-submit": CustomEvent<Question>;
    "alliancepay:before-redirect": CustomEvent<Question>;
    "alliancepay:outcome": CustomEvent<{ outcome: string; state: string; order: string; session: string }>;
    "alliancepay:error": CustomEvent<Failure>;
  }
}
