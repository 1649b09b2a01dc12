// A whole shop on Express: `npm ci && node server.mjs`.
// Environment: PORT, BACKEND, SHOP_URL, SHOP_KEY_FILE, WEBHOOK_SECRET_FILE, STAFF_KEY_FILE, RECONCILE_SECONDS.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import express from "express";

const { BACKEND, SHOP_URL, PORT = "8091", RECONCILE_SECONDS = "300" } = process.env;
const secret = (file) => readFileSync(file, "utf8").trim();
const shopKey = secret(process.env.SHOP_KEY_FILE);
const webhookSecret = secret(process.env.WEBHOOK_SECRET_FILE);
const staffKey = secret(process.env.STAFF_KEY_FILE);
const orders = new Map(); // the shop's database

// Asks the backend in the shop's name.
const ask = (method, path, body, headers) =>
  fetch(`${BACKEND}${path}`, {
    method,
    signal: AbortSignal.timeout(35_000),
    headers: { Authorization: `Bearer ${shopKey}`, "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

// Keeps what the backend told. Only a higher revision changes anything: repeats and stragglers fall through.
function store({ order, state, anomalies, revision }) {
  const stored = orders.get(order);
  if (stored && revision > stored.revision) Object.assign(stored, { state, anomalies, revision });
}

// Puts the order at the backend; the answer's token is the right to pay it.
async function orderToken({ number, minor }) {
  const answer = await ask("PUT", `/v1/orders/${encodeURIComponent(number)}`, {
    amount: { minor, currency: "UAH" },
    description: `Order ${number}`,
    lines: [{ id: "1", name: "Coffee, 1 kg", quantity: 1, unitMinor: minor }],
    shippingMinor: 0,
    returnUrl: `${SHOP_URL}/thanks?order=${number}`,
    locale: "en",
  });
  if (!answer.ok) throw new Error(`the backend answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()).orderToken;
}

const escape = (text) => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
const page = (body) =>
  `<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width"><title>Zerno</title>` +
  `<script src="${escape(BACKEND)}/widget/alliancepay.js" async></script><main>${body}</main>`;

const app = express();
app.disable("x-powered-by");

app.get("/", (request, response) => {
  response.send(page("<h1>Coffee, 1 kg: ₴549.95</h1><form method=post action=/orders><button>Buy</button></form>"));
});

// The price is the shop's, never the page's.
app.post("/orders", (request, response) => {
  const number = `N-${randomBytes(4).toString("hex")}`;
  orders.set(number, { number, minor: 54995, placed: Date.now(), state: "CREATED", anomalies: [], revision: 0 });
  response.redirect(303, `/pay?order=${number}`);
});

const known = (request, response, next) => {
  request.order = orders.get(String(request.query.order));
  return request.order ? next() : response.sendStatus(404);
};

// The widget, and inside it a plain form that pays without it.
app.get("/pay", known, async (request, response) => {
  const { number } = request.order;
  const token = escape(await orderToken(request.order));
  response.send(
    page(`<h1>Order ${number}</h1>
      <alliancepay-checkout view="pay" backend="${escape(BACKEND)}" order="${number}" order-token="${token}" token-url="/token?order=${number}">
        <form method="post" action="${escape(BACKEND)}/pay">
          <input type="hidden" name="order_token" value="${token}">
          <button>Pay with AlliancePay</button>
        </form>
      </alliancepay-checkout>`),
  );
});

// A page that stayed open for a day asks for a fresh token.
app.get("/token", known, async (request, response) => {
  response.set("Cache-Control", "no-store").json({ orderToken: await orderToken(request.order) });
});

// The widget waits for the outcome; the session is in the address.
app.get("/thanks", known, (request, response) => {
  const { number } = request.order;
  response.send(
    page(`<h1>Order ${number}</h1>
      <alliancepay-checkout view="status" backend="${escape(BACKEND)}" order="${number}">
        <p>Your payment is being checked.</p>
      </alliancepay-checkout>`),
  );
});

// For the shop's staff. Ship when this says so, never by what a browser says.
app.get("/orders", known, (request, response) => {
  const { number, state, anomalies } = request.order;
  const ship = ["CAPTURED", "PAID"].includes(state) && anomalies.length === 0;
  response.send(page(`<h1>Order ${number}</h1><p>${ship ? "Ship it" : "Do not ship"} (${state})</p>`));
});

// For the shop's staff, whose program shows the key: nobody else gives money away.
const staffOnly = (request, response, next) => {
  const [given, wanted] = [request.get("Authorization") ?? "", `Bearer ${staffKey}`].map((text) => Buffer.from(text));
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? next() : response.sendStatus(401);
};

// All of it, by one key for the order: asked for twice it goes back once. A part, or another try after one that the bank
// refused, is a new wish: it has a key of its own, stored before it is sent.
app.post("/refunds", staffOnly, known, async (request, response) => {
  const { number } = request.order;
  const wish = { reason: "Sent back", offline: false };
  const key = { "Idempotency-Key": `all-of-${number}` };
  const answer = await ask("POST", `/v1/orders/${encodeURIComponent(number)}/refunds`, wish, key);
  response.status(answer.status).json(await answer.json());
});

function signed(header, body) {
  const [, time, code] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? "") ?? [];
  if (!code || Math.abs(Date.now() / 1000 - Number(time)) > 300) return false;
  const ours = createHmac("sha256", webhookSecret).update(`${time}.`).update(body).digest();
  return timingSafeEqual(ours, Buffer.from(code, "hex"));
}

// The raw body: what was signed is bytes, not what a parser made of them.
app.post("/webhook", express.raw({ type: () => true, limit: "1mb" }), (request, response) => {
  if (!signed(request.get("AlliancePay-Signature"), request.body)) return response.sendStatus(401);
  const { type, order } = JSON.parse(request.body);
  if (type === "order.updated") store(order);
  return response.sendStatus(204);
});

// Webhooks get lost. What is younger than nine days is asked for: later the backend itself asks the bank no more.
async function reconcile() {
  for (const { number, placed } of orders.values()) {
    if (placed < Date.now() - 9 * 86_400_000) continue;
    const answer = await ask("GET", `/v1/orders/${encodeURIComponent(number)}`);
    if (answer.ok) store(await answer.json());
  }
}
setInterval(() => reconcile().catch(console.error), Number(RECONCILE_SECONDS) * 1000);

app.listen(Number(PORT), "127.0.0.1");
