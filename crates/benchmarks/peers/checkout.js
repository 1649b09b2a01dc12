// The yardstick's logic, shared by both hand-written peers: open a session with one idempotency key, leave for the
// payment page, come back, ask until the outcome is known. As a competent shop would write it by hand in an afternoon.

const DELAYS = [500, 1000, 2000, 4000];
const DEADLINE = 120_000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export const checkout = (host, show) => {
  const option = (name) => host.getAttribute(name) ?? "";
  const api = `${option("backend")}/v1`;
  const kept = `peer:${option("order")}`;
  let phase = { name: "loading" };
  let latch = false;

  const become = (name, more = {}) => {
    phase = { ...more, name };
    show(phase);
    host.dispatchEvent(new CustomEvent("peer:change", { bubbles: true, composed: true, detail: { phase: name } }));
  };

  const ask = async (path, options = {}) => {
    for (const delay of [...DELAYS, null]) {
      try {
        const answer = await fetch(api + path, { ...options, signal: AbortSignal.timeout(15_000) });
        if (answer.status < 500 && answer.status !== 429) {
          return { ok: answer.ok, status: answer.status, body: await answer.json() };
        }
        if (delay !== null) await pause(Number(answer.headers.get("Retry-After")) * 1000 || delay);
      } catch {
        if (delay !== null) await pause(delay * (0.75 + Math.random() / 2));
      }
    }
    return { ok: false, status: 0 };
  };

  const bearer = () => ({ Authorization: `Bearer ${option("order-token")}` });

  const remembered = () => {
    try {
      return JSON.parse(sessionStorage.getItem(kept)) ?? {};
    } catch {
      return {};
    }
  };
  const remember = (what) => {
    try {
      sessionStorage.setItem(kept, JSON.stringify(what));
    } catch {
      // A page without storage pays all the same.
    }
  };

  const pay = async () => {
    if (latch) return;
    latch = true;
    const key = remembered().key ?? crypto.randomUUID();
    remember({ key });
    become("opening");
    const answer = await ask("/payment-sessions", {
      method: "POST",
      headers: { ...bearer(), "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify({ locale: option("lang") }),
    });
    latch = false;
    if (!answer.ok) return become("failed", { retryable: answer.status === 0 || answer.status >= 500 });
    const { session, page } = answer.body;
    const address = new URL(page);
    if (address.protocol !== "https:" && address.hostname !== "127.0.0.1") return become("failed", { retryable: false });
    remember({ key, session });
    become("redirecting", { page });
    host.dispatchEvent(new CustomEvent("peer:leave", { bubbles: true, composed: true, detail: { page } }));
    (window.top ?? window).location.assign(page);
  };

  const follow = async (session) => {
    const until = Date.now() + DEADLINE;
    let after = 0;
    become("awaiting");
    while (Date.now() < until) {
      const answer = await ask(`/payment-sessions/${session}?after=${after}&wait=25`);
      if (answer.ok) {
        const { outcome, revision, canRetry, amount } = answer.body;
        after = revision;
        if (outcome !== "awaiting") {
          if (outcome === "declined" || outcome === "cancelled") remember({});
          return become("settled", { outcome, canRetry, amount });
        }
      }
      if (document.hidden) await new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
    }
    become("unresolved", { order: option("order") });
  };

  const start = async () => {
    const returned = new URLSearchParams(location.search).get("alliancepay_session") ?? option("session");
    if (returned) return follow(returned);
    const answer = await ask("/checkout", { headers: bearer() });
    if (!answer.ok) return become("failed", { retryable: answer.status === 0 });
    if (answer.body.session && !answer.body.canRetry) return follow(answer.body.session);
    become("ready", { amount: answer.body.amount });
  };

  window.addEventListener("pageshow", (event) => {
    const { session } = remembered();
    if (event.persisted && session) follow(session);
  });
  return { start, pay };
};

export const money = ({ minor, currency }, lang) =>
  new Intl.NumberFormat(lang, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(minor / 100);
