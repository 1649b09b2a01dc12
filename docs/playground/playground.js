// The playground: one widget, every option and property, every fault of the sandbox bank. Options, properties and languages
// are the build's own lists (`data.json`); the faults are `faults.json`. Where the demo is not running it says so.
import { controlOf, controlOfProperty, element } from "./controls.js";

const $ = (selector) => document.querySelector(selector);
const form = $("#controls");
const stage = $("#stage");
const returned = new URLSearchParams(location.search).get("alliancepay_session");
const EVENTS = ["ready", "change", "before-submit", "before-redirect", "outcome", "error"];
const EVENTS_SHOWN = 50;
const FALLBACK = { uk: "Сплатити", en: "Pay" };

let settings;
let order;

const start = async () => {
  let data, faults;
  try {
    settings = await json("playground/settings.json");
    [data, faults] = await Promise.all([json("playground/data.json"), json("playground/faults.json")]);
  } catch {
    $("#offline").hidden = false;
    return;
  }
  $("#options").append(...data.options.map((option) => controlOf(option, data.languages)));
  $("#properties").append(...data.properties.map(controlOfProperty));
  form.fault.append(...faults.map(asGroup));
  // On a narrow screen the preview would be far below.
  if (!matchMedia("(min-width: 75rem)").matches) form.querySelectorAll(".group").forEach((group) => (group.open = false));
  await load(`${location.origin}/widget/alliancepay.js`);
  if (returned) $("[data-option=view]").value = "status";
  await place();
  $("#playground").hidden = false;
  await tellFaults();
};

const json = async (address, wish) => {
  const answer = await fetch(address, wish);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.json();
};

const load = (src) =>
  new Promise((resolve, reject) => {
    document.head.append(element("script", { src, onload: resolve, onerror: reject }));
  });

const posted = (body) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const minor = () => {
  const [whole, part = ""] = form.sum.value.trim().replace(",", ".").split(".");
  if (!/^\d*$/.test(whole + part)) return null;
  const sum = BigInt(whole || "0") * 100n + BigInt(part.padEnd(2, "0").slice(0, 2));
  return sum > 0n && sum <= 99_999_999n ? Number(sum) : null;
};

/** Has the shop put a new order, then shows it. */
const place = async () => {
  const sum = minor();
  if (sum === null) return say("Give a sum between 0.01 and 999 999.99.");
  const wish = {
    minor: sum,
    currency: form["of-order"].value,
    locale: option("lang") || document.documentElement.lang,
    returnUrl: location.origin + location.pathname,
  };
  try {
    order = await json(`${settings.shop}/playground/orders`, posted(wish));
  } catch (error) {
    return say(`The shop could not put the order: ${error.message}.`);
  }
  say("");
  show();
};

const option = (name) => $(`[data-option="${name}"]`).value.trim();

/** What is chosen; what a shop's page would fill in is filled in where nothing else was typed. */
const attributes = () => {
  const view = option("view") || "pay";
  const own = {
    backend: view === "option" ? "" : location.origin,
    "order-token": view === "pay" ? order.orderToken : "",
    session: view === "status" ? (returned ?? "") : "",
  };
  const names = [...document.querySelectorAll("[data-option]")].map((control) => control.dataset.option);
  return names.map((name) => [name, option(name) || own[name] || ""]).filter(([, value]) => value);
};

const properties = () =>
  [...document.querySelectorAll("[data-property]")]
    .map((control) => [`--alliancepay-${control.dataset.property}`, control.value.trim()])
    .filter(([, value]) => value);

const show = () => {
  if (!order) return;
  const view = option("view") || "pay";
  const widget = document.createElement("alliancepay-checkout");
  for (const [name, value] of attributes()) widget.setAttribute(name, value);
  for (const [name, value] of properties()) widget.style.setProperty(name, value);
  if (view === "pay") widget.append(plainForm());
  for (const name of EVENTS) widget.addEventListener(`alliancepay:${name}`, note);
  const page = element("div", { className: "page", dir: form.dir.value });
  Object.assign(page.style, { width: form.width.value, fontFamily: form.font.value, colorScheme: form.scheme.value });
  page.append(...(view === "option" ? amongOthers(widget) : [widget]));
  stage.replaceChildren(page);
  $("#code").textContent = snippet(view);
};

const plainForm = () => {
  const plain = element("form", { method: "post", action: `${location.origin}/pay` });
  const words = FALLBACK[option("lang")] ?? FALLBACK.en;
  plain.append(
    element("input", { type: "hidden", name: "order_token", value: order.orderToken }),
    element("button", { textContent: words }),
  );
  return plain;
};

/** The page's own radios, in light DOM, as a shop's checkout has them. */
const amongOthers = (widget) => {
  const radio = (checked, words) => {
    const label = element("label", { className: "method" });
    label.append(element("input", { type: "radio", name: "payment", checked }), ` ${words}`);
    return label;
  };
  const own = radio(true, "AlliancePay");
  own.slot = "radio";
  widget.append(own);
  return [widget, radio(false, "On delivery")];
};

const snippet = (view) => {
  const quoted = (text) => (text.includes('"') ? `'${text}'` : `"${text}"`);
  const list = attributes().map(([name, value]) => `\n  ${name}=${quoted(name === "order-token" ? "TOKEN" : value)}`);
  const inside =
    view === "pay"
      ? `\n  <form method="post" action="${location.origin}/pay">\n    <input type="hidden" name="order_token" value="TOKEN">\n    <button>Pay</button>\n  </form>\n`
      : "";
  const rules = properties().map(([name, value]) => `    ${name}: ${value};\n`);
  const style = rules.length ? `<style>\n  alliancepay-checkout {\n${rules.join("")}  }\n</style>\n` : "";
  const tag = `<script src="${location.origin}/widget/alliancepay.js" async></` + "script>";
  return `${tag}\n${style}\n<alliancepay-checkout${list.join("")}>${inside}</alliancepay-checkout>`;
};

const note = (event) => {
  $("#events .none")?.remove();
  const line = document.createElement("li");
  const { waitUntil, ...detail } = event.detail ?? {};
  line.append(
    element("time", { textContent: new Date().toLocaleTimeString("en-GB") }),
    element("code", { textContent: `${event.type} ${JSON.stringify(detail)}` }),
  );
  $("#events").prepend(line);
  [...$("#events").children].slice(EVENTS_SHOWN).forEach((old) => old.remove());
  tellFaults();
};

const say = (words) => {
  $(".said").textContent = words;
};

const asGroup = ({ call, about, kinds }) => {
  const group = element("optgroup", { label: about });
  for (const { kind, does, ms } of kinds) {
    const one = element("option", { value: `${call} ${kind}`, textContent: does });
    if (ms) one.dataset.ms = ms;
    group.append(one);
  }
  return group;
};

/** What still waits for its call, by the bank's own word. */
const tellFaults = async () => {
  const { faults } = await json(`${settings.bank}/sandbox/faults`);
  const words = ({ on, kind, times }) => `${on}: ${kind}, ${times === 1 ? "once" : `${times} times`}`;
  $("#waiting").replaceChildren(...faults.map((one) => element("li", { textContent: words(one) })));
};

const setFault = async () => {
  const [on, kind] = form.fault.value.split(" ");
  if (!kind) return say("Choose what goes wrong.");
  const ms = $("#lasting").hidden ? null : Number(form.ms.value);
  await json(`${settings.bank}/sandbox/faults`, posted({ on, kind, ms, order: null, times: Number(form.times.value) || 1 }));
  say("Set: the next call meets it.");
};

const clearFaults = async () => {
  await fetch(`${settings.bank}/sandbox/faults`, { method: "DELETE" });
  say("The bank works again.");
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  place();
});

form.addEventListener("change", ({ target }) => {
  if (target.name === "fault") {
    const { ms } = target.selectedOptions[0].dataset;
    $("#lasting").hidden = !ms;
    form.ms.value = ms ?? "";
  }
  if (!["sum", "of-order", "fault", "times", "ms"].includes(target.name)) show();
});

form.addEventListener("click", async ({ target }) => {
  const work = { fault: setFault, clear: clearFaults }[target.dataset.do];
  if (!work) return;
  try {
    await work();
    await tellFaults();
  } catch (error) {
    say(`The bank did not do it: ${error.message}.`);
  }
});

start();
