// Made from embed/options.json by `cargo xtask options`.

/** Every option, as an attribute. */
export const OPTIONS = [
  "backend",
  "order-token",
  "token-url",
  "session",
  "view",
  "product",
  "order",
  "amount",
  "currency",
  "payment-hosts",
  "lang",
  "theme",
  "logo-url",
  "texts",
];
