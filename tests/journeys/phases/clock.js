// The page's clock, which a test can put on: `timePasses(milliseconds)` rings every timer that is due by then.
let ahead = 0;
const waiting = new Map();
const { setTimeout: set, clearTimeout: clear } = window;
const real = Date.now.bind(Date);
Date.now = () => real() + ahead;
window.setTimeout = (ring, delay = 0, ...given) => {
  const id = set(() => {
    waiting.delete(id);
    ring(...given);
  }, delay);
  waiting.set(id, { ring: () => ring(...given), due: Date.now() + delay });
  return id;
};
window.clearTimeout = (id) => {
  waiting.delete(id);
  clear(id);
};
window.timePasses = (milliseconds) => {
  ahead += milliseconds;
  for (const [id, { ring, due }] of [...waiting]) {
    if (due > Date.now()) continue;
    clearTimeout(id);
    ring();
  }
};
