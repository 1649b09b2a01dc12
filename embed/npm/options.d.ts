// Made from embed/options.json by `cargo xtask options`.

/** Options of the widget; as attributes of `<alliancepay-checkout>` they are written with dashes. */
export interface Options {
  /** Address of the merchant backend. Needed by the views `pay` and `status`. */
  backend?: string;
  /**
   * The right to pay one order, from the backend's answer to the shop's `PUT /v1/orders/{order}`. Needed by the view
   * `pay`.
   */
  orderToken?: string;
  /** Address on the page's own origin that answers `{"orderToken"}`; asked once when the token is stale. */
  tokenUrl?: string;
  /** The payment session whose status is shown. Default: the return URL's. */
  session?: string;
  /** `option` beside other methods, `pay` with amount and button, `status` for the result. Default: `pay`. */
  view?: "option" | "pay" | "status";
  /** The way to pay that is chosen at first: by card, from a bank account, by Alipay+. Default: the order's first. */
  product?: "card" | "a2a" | "alipayplus";
  /** The page's order number: a session of another order is ignored. Default: the token's. */
  order?: string;
  /**
   * Minor units to show until the backend has told the order's amount; never what is charged. Default: the backend's.
   */
  amount?: number | string;
  /** Currency of `amount`. Default: `UAH`. */
  currency?: "UAH" | "USD" | "EUR";
  /** Hosts of payment pages beyond the bank's and those of Alipay+, separated by spaces; each covers its subdomains. */
  paymentHosts?: readonly string[] | string;
  /**
   * The buyer's language: `uk`, `en`, `cs`, `de`, `es`, `fr`, `it`, `nl`, `pl`, `pt`, `ro`, `tr`; others read English.
   * The whole tag is the locale of amounts. Default: the nearest `lang`, then the browser's.
   */
  lang?: string;
  /** `auto` follows the page's own `color-scheme`. Default: `auto`. */
  theme?: "auto" | "light" | "dark";
  /** Replaces the mark; on the page's or the backend's origin. Default: our mark. */
  logoUrl?: string;
  /** Your own words in place of some of the widget's, by the keys of `texts/en.json`; as an attribute a JSON object. */
  texts?: Readonly<Record<string, string>>;
}
