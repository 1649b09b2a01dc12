// Guards every export of the wasm instance. An exception that leaves an export has torn through Rust frames that will
// never unwind, so the instance is dead: nothing enters it again, and whoever asked is told. No window-wide error
// listener is needed for that.

const mourners = new Set();
let dead = false;

const guard = (call) =>
  typeof call !== "function"
    ? call
    : (...given) => {
        if (dead) return undefined;
        try {
          return call(...given);
        } catch (error) {
          dead = true;
          mourners.forEach((mourner) => mourner());
          throw error;
        }
      };

/** The exports as the glue shall see them. */
export const guarded = (exports) =>
  Object.fromEntries(Object.entries(exports).map(([name, item]) => [name, guard(item)]));

/** Calls `mourner` when the instance has died. */
export const onDeath = (mourner) => mourners.add(mourner);

/** Whether the instance has died. */
export const isDead = () => dead;
