// One small constructed sheet for both hand-written peers.

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: block; font: inherit; color: inherit; }
  .box { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 12px; padding: 16px; }
  label { display: flex; gap: 8px; align-items: center; font-weight: 600; }
  p { margin: 8px 0; opacity: .8; }
  button, a { display: block; box-sizing: border-box; width: 100%; padding: 14px; border: 0; border-radius: 10px; font: inherit;
    font-weight: 600; color: #fff; background: #0b5fff; cursor: pointer; text-align: center; text-decoration: none; }
  button:disabled { opacity: .6; cursor: default; }
  :focus-visible { outline: 3px solid #7aa7ff; outline-offset: 2px; }
`);
export default sheet;
