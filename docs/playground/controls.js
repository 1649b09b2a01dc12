// A control for every option and every theming property, made from the build's own lists.

/** A new element with these properties. */
export const element = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

/** What the demo fills in where nothing is typed, and what is worth a try. */
const PLACEHOLDERS = {
  backend: "the demo’s",
  "order-token": "the order’s",
  session: "of the last payment",
  "token-url": "/orders/1042/token",
  amount: "101490",
  "payment-hosts": "pay.example",
  "logo-url": "site/icon.svg",
  texts: '{"payAmount": "Donate {amount}"}',
};

/** The control of an option, with its meaning below it. */
export const controlOf = ({ name, values = [], default: usual, meaning }, languages) => {
  const choices = name === "lang" ? languages.map((tag) => [tag, nameOf(tag)]) : values.map((value) => [value, value]);
  const control = choices.length ? choice(choices, usual) : field(name);
  control.dataset.option = name;
  return labelled(name, meaning, control);
};

/** The control of a theming property: a text, and for colours a picker that writes it. */
export const controlOfProperty = ({ name, default: usual, meaning }) => {
  const control = element("input", { type: "text", spellcheck: false, placeholder: plain(usual) });
  control.dataset.property = name;
  const label = labelled(`--alliancepay-${name}`, meaning, control);
  if (/font|size|radius|height|width/.test(name)) return label;
  const picker = element("input", { type: "color", value: /#[0-9a-f]{6}\b/.exec(usual)?.[0] ?? "#808080" });
  picker.setAttribute("aria-label", `Pick ${name}`);
  picker.addEventListener("input", () => {
    control.value = picker.value;
  });
  const both = element("span", { className: "colour" });
  control.replaceWith(both);
  both.append(control, picker);
  return label;
};

const choice = (choices, usual) => {
  const select = document.createElement("select");
  select.append(element("option", { value: "", textContent: usual ? `default: ${plain(usual)}` : "default" }));
  select.append(...choices.map(([value, textContent]) => element("option", { value, textContent })));
  return select;
};

const field = (name) => {
  const placeholder = PLACEHOLDERS[name] ?? "";
  return name === "texts"
    ? element("textarea", { rows: 3, spellcheck: false, placeholder })
    : element("input", { type: "text", spellcheck: false, placeholder });
};

const labelled = (name, meaning, control) => {
  const place = element("div", { className: "field" });
  const label = document.createElement("label");
  const hint = element("small", { id: `about-${name}` });
  hint.append(...marked(meaning));
  control.setAttribute("aria-describedby", hint.id);
  label.append(element("code", { textContent: name }), control);
  place.append(label, hint);
  return place;
};

const nameOf = (tag) => {
  const own = new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  return own.charAt(0).toLocaleUpperCase(tag) + own.slice(1);
};

const plain = (markdown) => markdown.replaceAll("`", "");

/** Markdown's code, as elements. */
const marked = (markdown) =>
  markdown.split("`").map((text, n) => (n % 2 ? element("code", { textContent: text }) : text));
