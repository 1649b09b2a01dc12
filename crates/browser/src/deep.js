// Looks through open shadow roots, depth first, in document order.
const roots = function* (root) {
  yield root;
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) yield* roots(element.shadowRoot);
  }
};
const deepAll = (selector) => [...roots(document)].flatMap((root) => [...root.querySelectorAll(selector)]);
const deep = (selector) => {
  for (const root of roots(document)) {
    const found = root.querySelector(selector);
    if (found) return found;
  }
  return null;
};
const deepText = () =>
  document.title +
  " | " +
  document.body.innerText +
  [...roots(document)]
    .slice(1)
    .map((root) => " | shadow: " + [...root.children].map((child) => child.innerText || "").join(" "))
    .join("");
