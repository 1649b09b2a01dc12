// What the glue sees as `WebAssembly` (esbuild puts it there by `--inject`): every export of an instance is guarded.
// An exception that leaves an export has torn through Rust frames that will never unwind, so the instance is dead:
// nothing enters it again, and whoever asked is told. No window-wide error listener is needed for that.

const real = globalThis.WebAssembly;
const mourners = new Set();
let dead = false;

const guard = (call) =>
  (...given) => {
    if (dead) return undefined;
    try {
      return call(...given);
    } catch (error) {
      dead = true;
      mourners.forEach((mourner) => mourner());
      throw error;
    }
  };

const guarded = async (instantiating) => {
  const { instance, module } = await instantiating;
  const exports = Object.entries(instance.exports).map(
    ([name, item]) => [name, typeof item === "function" ? guard(item) : item],
  );
  return { module, instance: { exports: Object.fromEntries(exports) } };
};

const WebAssembly = {
  Module: real?.Module,
  Instance: real?.Instance,
  instantiate: (bytes, imports) => guarded(real.instantiate(bytes, imports)),
  instantiateStreaming:
    real?.instantiateStreaming && ((answer, imports) => guarded(real.instantiateStreaming(answer, imports))),
};

export { WebAssembly };

/** Calls `mourner` when the instance has died. */
export const onDeath = (mourner) => mourners.add(mourner);

/** Whether the instance has died. */
export const isDead = () => dead;
