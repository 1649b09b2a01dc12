// What the wasm asks of the page where a line of JavaScript does the work of six imported calls. No decisions here.

/** How long the page may think about a question. */
const PATIENCE_MILLIS = 10_000;

/** What the backend adds to the return URL. */
const PARAMETER = "alliancepay_session=";

/** Sends `alliancepay:NAME`; `false` when the page called `preventDefault`. */
export const tell = (host, name, detail, cancelable) =>
  host.dispatchEvent(new CustomEvent(`alliancepay:${name}`, { bubbles: true, composed: true, cancelable, detail }));

/** Asks the page; `true` when the payment may go on. Silence is consent, a rejected promise refuses. */
export const ask = async (host, name, detail) => {
  const promises = [];
  detail.waitUntil = (promise) => {
    promises.push(promise);
  };
  if (!tell(host, name, detail, true)) return false;
  if (!promises.length) return true;
  let timer;
  const patience = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MILLIS)));
  try {
    await Promise.race([Promise.all(promises), patience]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};

/** The sum, a decimal text, as the buyer writes it; the plain machine form where the browser refuses. */
export const amount = (sum, currency, locale) => {
  for (const tag of [locale, "en"]) {
    try {
      const options = { style: "currency", currency, currencyDisplay: "narrowSymbol" };
      // Current browsers format a decimal text exactly: no float is made of it.
      return new Intl.NumberFormat(tag, options).format(sum);
    } catch {
      // A locale the browser cannot read.
    }
  }
  return `${sum}\u00a0${currency}`;
};

const fields = () => location.search.slice(1).split("&").filter(Boolean);

/** What the return URL names as its session; undefined when this page is no return page. */
export const returned = () =>
  fields()
    .find((field) => field.startsWith(PARAMETER))
    ?.slice(PARAMETER.length);

/** Takes the session out of the address bar; every other field stays letter by letter. */
export const tidyAddress = () => {
  const kept = fields()
    .filter((field) => !field.startsWith(PARAMETER))
    .join("&");
  try {
    history.replaceState(history.state, "", location.pathname + (kept && `?${kept}`) + location.hash);
  } catch {
    // Browsers limit how often this may be called; an untidy address is no failure.
  }
};
