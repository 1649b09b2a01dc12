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

/**
 * Takes the session out of the address bar, and what Worldline adds, `REF` with its `RETURNMAC`: nobody needs them, and they
 * name a payment. Every other field stays letter by letter.
 */
export const tidyAddress = () => {
  const all = fields();
  const added = all.some((field) => field.startsWith("RETURNMAC=")) ? /^(REF|RETURNMAC)=/ : /^$/;
  const kept = all.filter((field) => !field.startsWith(PARAMETER) && !added.test(field)).join("&");
  try {
    history.replaceState(history.state, "", location.pathname + (kept && `?${kept}`) + location.hash);
  } catch {
    // Browsers limit how often this may be called; an untidy address is no failure.
  }
};

/** Sends a request; resolves to the answer with what its JSON says, if it says any; rejects where no answer comes. */
export const send = async (address, headers, body, credentials, signal) => {
  const method = body === undefined ? "GET" : "POST";
  const answer = await fetch(new Request(address, { method, headers, body, credentials, signal, cache: "no-store" }));
  const json = await answer.json().catch(() => null);
  return { status: answer.status, retryAfter: answer.headers.get("Retry-After"), json };
};

/** The page's own origin. */
export const origin = () => location.origin;

/** An address as the browser reads it: href, protocol, hostname, origin; undefined where it cannot. */
export const address = (text, isRelative) => {
  try {
    const { href, protocol, hostname, origin } = new URL(text, isRelative ? document.baseURI : undefined);
    return [href, protocol, hostname, origin].join("\0");
  } catch {
    return undefined;
  }
};

/** Leaves for a page; inside a frame the whole tab leaves. `false`: the browser refuses. */
export const leave = (page) => {
  try {
    (window.top ?? window).location.href = page;
    return true;
  } catch {
    return false;
  }
};

/** Loads the page anew. */
export const reload = () => location.reload();

/** Whether the focus may go into `root`: it is inside already, or nowhere. */
export const mayFocus = (root) => {
  const { activeElement, body } = root.ownerDocument;
  return !activeElement || activeElement === body || !!activeElement.shadowRoot?.contains(root);
};

/** Moves the focus to the first element of that selector. */
export const focus = (root, selector) => root.querySelector(selector)?.focus();

/** Begins, or ends, to tell `hear` of the page's life. */
export const listen = (hear, on) => {
  const change = on ? "addEventListener" : "removeEventListener";
  for (const name of ["pageshow", "online", "offline"]) window[change](name, hear);
  document[change]("visibilitychange", hear);
};

/** Whether the page is hidden now. */
export const isHidden = () => document.hidden;

/** Whether the browser says it is offline now. */
export const isOffline = () => !navigator.onLine;

/** 128 random bits, in hexadecimal. `randomUUID` would not do: pages served over plain http have none. */
export const random = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** What is remembered under a name. Merely asking for the storage throws where the page's is blocked. */
export const remembered = (name) => {
  try {
    return sessionStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
};

/** Remembers a text under a name; without a text, forgets. */
export const remember = (name, text) => {
  try {
    if (text === undefined) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // Blocked or full: the page's own memory is all there is.
  }
};
