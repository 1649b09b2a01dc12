// The playground: one widget, every option, the sandbox bank's faults. Where the demo is not running it says so.
const $ = (selector) => document.querySelector(selector);
const form = $("#options");
const stage = $("#stage");
const returned = new URLSearchParams(location.search).get("alliancepay_session");
const EVENTS = ["ready", "change", "before-submit", "before-redirect", "outcome", "error"];
const FALLBACK = { uk: "Сплатити", en: "Pay" };

let settings;
let order;

const start = async () => {
  try {
    settings = await (await fetch("playground/settings.json")).json();
  } catch {
    $("#offline").hidden = false;
    return;
  }
  await load(`${location.origin}/widget/alliancepay.js`);
  if (returned) form.view.value = "status";
  await place();
  $("#playground").hidden = false;
};

const load = (src) =>
  new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject }));
  });

const minor = () => {
  const [whole, part = ""] = form.sum.value.trim().replace(",", ".").split(".");
  const sum = BigInt(whole || "0") * 100n + BigInt(part.padEnd(2, "0").slice(0, 2));
  return sum > 0n && sum <= 99_999_999n ? Number(sum) : null;
};

/** Has the shop put a new order, then shows it. */
const place = async () => {
  const sum = minor();
  if (sum === null) return say("Give a sum between 0.01 and 999 999.99.");
  const wish = { minor: sum, currency: form.currency.value, locale: form.lang.value, returnUrl: location.origin + location.pathname };
  const answer = await fetch(`${settings.shop}/playground/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(wish),
  });
  if (!answer.ok) return say(`The shop could not put the order: ${answer.status}.`);
  order = await answer.json();
  show();
};

const attributes = () => {
  const view = form.view.value;
  const pays = view !== "option";
  return {
    view,
    backend: pays ? location.origin : null,
    "order-token": view === "pay" ? order.orderToken : null,
    session: view === "status" ? returned : null,
    lang: form.lang.value,
    theme: form.theme.value === "auto" ? null : form.theme.value,
    product: form.product.value || null,
    "logo-url": form.logo.value || null,
    texts: form.words.value || null,
  };
};

const show = () => {
  const widget = document.createElement("alliancepay-checkout");
  for (const [name, value] of Object.entries(attributes())) if (value !== null) widget.setAttribute(name, value);
  if (form.view.value === "pay") widget.append(plainForm());
  widget.style.setProperty("--alliancepay-radius", `${form.radius.value}px`);
  if (form.accent.value !== form.accent.defaultValue) widget.style.setProperty("--alliancepay-accent", form.accent.value);
  for (const name of EVENTS) widget.addEventListener(`alliancepay:${name}`, note);
  const page = document.createElement("div");
  Object.assign(page.style, { width: form.width.value, maxWidth: "100%", fontFamily: form.font.value });
  page.dir = form.dir.value;
  page.append(...(form.view.value === "option" ? asOption(widget) : [widget]));
  stage.replaceChildren(page);
  $("#code").textContent = snippet(widget);
};

const plainForm = () => {
  const plain = Object.assign(document.createElement("form"), { method: "post", action: `${location.origin}/pay` });
  const token = Object.assign(document.createElement("input"), { type: "hidden", name: "order_token", value: order.orderToken });
  plain.append(token, Object.assign(document.createElement("button"), { textContent: FALLBACK[form.lang.value] ?? FALLBACK.en }));
  return plain;
};

/** The page's own radio, in light DOM, as a shop's checkout has it. */
const asOption = (widget) => {
  const label = document.createElement("label");
  label.slot = "radio";
  label.append(Object.assign(document.createElement("input"), { type: "radio", name: "payment", checked: true }), " AlliancePay");
  widget.append(label);
  return [widget];
};

const snippet = (widget) => {
  const names = widget.getAttributeNames().filter((name) => name !== "style");
  const value = (name) => (name === "order-token" ? "TOKEN" : widget.getAttribute(name));
  const quoted = (text) => (text.includes('"') ? `'${text}'` : `"${text}"`);
  const list = names.map((name) => `\n  ${name}=${quoted(value(name))}`).join("");
  const inside =
    form.view.value === "pay"
      ? `\n  <form method="post" action="${location.origin}/pay">\n    <input type="hidden" name="order_token" value="TOKEN">\n    <button>Pay</button>\n  </form>\n`
      : "";
  return `<script src="${location.origin}/widget/alliancepay.js" async></` + `script>\n\n<alliancepay-checkout${list}>${inside}</alliancepay-checkout>`;
};

const note = (event) => {
  $("#events .none")?.remove();
  const line = document.createElement("li");
  const time = Object.assign(document.createElement("time"), { textContent: new Date().toLocaleTimeString("en-GB") });
  const { waitUntil, ...detail } = event.detail ?? {};
  const words = document.createElement("code");
  words.textContent = `${event.type} ${JSON.stringify(detail)}`;
  line.append(time, words);
  $("#events").prepend(line);
};

const say = (words) => {
  $(".said").textContent = words;
};

const bank = (method, body) =>
  fetch(`${settings.bank}/sandbox/faults`, {
    method,
    headers: body ? { "content-type": "application/json" } : {},
    body: body && JSON.stringify(body),
  });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  place();
});

form.addEventListener("change", (event) => {
  if (["sum", "currency", "fault"].includes(event.target.name)) return;
  show();
});

form.addEventListener("click", async (event) => {
  const wish = event.target.dataset.do;
  if (wish === "clear") {
    await bank("DELETE");
    say("The bank works again.");
  }
  if (wish === "fault" && form.fault.value) {
    const [on, kind, ms] = form.fault.value.split(":");
    await bank("POST", { on, order: null, times: 1, kind, ms: Number(ms) });
    say("Set: the next call meets it.");
  }
});

start();
