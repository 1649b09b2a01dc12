// Draws what the pages write as Mermaid; until then, and without scripts, the text of the diagram stands there.
import mermaid from "mermaid";

const dark = matchMedia("(prefers-color-scheme: dark)").matches;
mermaid.initialize({
  startOnLoad: false,
  theme: dark ? "dark" : "neutral",
  // The theme's own ground of words beside an arrow is too bright for them.
  themeVariables: dark ? { edgeLabelBackground: "#1b212a" } : {},
  securityLevel: "strict",
  fontFamily: "system-ui, sans-serif",
});
for (const [index, source] of document.querySelectorAll("pre > code.language-mermaid").entries()) {
  const { svg } = await mermaid.render(`diagram-${index}`, source.textContent);
  const figure = document.createElement("figure");
  figure.className = "diagram";
  figure.innerHTML = svg;
  source.parentElement.replaceWith(figure);
}
