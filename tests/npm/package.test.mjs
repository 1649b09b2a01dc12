// The npm package in other people's builds. `cargo xtask test` lays the package, the samples of the documentation and the
// pinned bundlers beside this file and runs it; what is built here, the journeys open in a browser and pay through.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const here = new URL("./", import.meta.url);
const react18 = new URL("../react-18/app/", here);
const PACKAGE = "node_modules/@alliancepay/checkout/";
const ORDER = { backend: "{{BACKEND}}", order: "{{ORDER}}", orderToken: "{{TOKEN}}" };

// React 19 writes the action first.
const FORM = /<form (method="post" action="\{\{BACKEND\}\}\/pay"|action="\{\{BACKEND\}\}\/pay" method="post")>/;

const require = createRequire(here);
const program = (name, file) => new URL(file, pathToFileURL(require.resolve(`${name}/package.json`)));

/** Runs a program of a package in one of the folders, as its `package.json` would. */
const runs = (folder, name, file, args, env = {}) => {
  const options = { cwd: folder, env: { ...process.env, ...env }, encoding: "utf8", stdio: "pipe" };
  try {
    return execFileSync(process.execPath, [program(name, file).pathname, ...args], options);
  } catch (error) {
    throw new Error(`${name}: ${error.stdout}\n${error.stderr}`);
  }
};
const vite = (folder, args, env) => runs(folder, "vite", "bin/vite.js", ["build", "--logLevel", "error", ...args], env);
const development = [["--mode", "development", "--outDir", "dist-strict"], { NODE_ENV: "development" }];

const assets = (folder) => readdirSync(new URL("assets/", folder));
const scripts = (folder) => assets(folder).filter((name) => name.endsWith(".js"));

/** The wasm, every language and the list of languages as files of their own, byte for byte, and nothing of them inside the scripts. */
const carriesTheFiles = (names, read) => {
  const shipped = readdirSync(new URL(PACKAGE, here)).filter((name) => /^alliancepay-.*\.(wasm|json)$/.test(name));
  assert.equal(shipped.length, 14, "a wasm, twelve languages, and the list of those the loader does not know itself");
  const emitted = names.filter((name) => /\.(wasm|json)$/.test(name)).map((name) => read(name));
  for (const name of shipped) {
    const bytes = readFileSync(new URL(PACKAGE + name, here));
    assert(emitted.some((other) => other.equals(bytes)), `${name} is among the built files`);
  }
  const inlined = names.filter((name) => name.endsWith(".js") && read(name).includes("data:application/"));
  assert.deepEqual(inlined, []);
};

test("importing the package on a server changes nothing", () => {
  const script = `
    const before = Object.getOwnPropertyNames(globalThis).join();
    const { define, mount, version } = await import("@alliancepay/checkout");
    await import("@alliancepay/checkout/element");
    await import("@alliancepay/checkout/react");
    define();
    const added = Object.getOwnPropertyNames(globalThis).join() !== before;
    console.log(JSON.stringify({ added, mount: typeof mount, version }));`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: here, encoding: "utf8" });
  const { version } = JSON.parse(readFileSync(new URL(`${PACKAGE}package.json`, here)));
  assert.deepEqual(JSON.parse(said), { added: false, mount: "function", version });
});

test("a bundler drops what is not used and keeps what defines the element", async () => {
  const { build } = await import("vite");
  const bundle = async (code) => {
    writeFileSync(new URL("entry.mjs", here), code);
    const { output } = (
      await build({
        root: here.pathname,
        configFile: false,
        logLevel: "error",
        build: { write: false, lib: { entry: "entry.mjs", formats: ["es"] } },
      })
    )[0];
    return output[0].code.trim();
  };
  assert.equal(await bundle(`import "@alliancepay/checkout"; import "@alliancepay/checkout/react";`), "");
  assert.match(await bundle(`import "@alliancepay/checkout/element";`), /customElements\.define/);
});

test("the types take what the widget takes and nothing else", () => {
  runs(here, "typescript", "bin/tsc", ["-p", "."]);
  runs(new URL("react-vite/", here), "typescript", "bin/tsc", ["-p", "."]);
});

test("every word of the types is one that the widget says", () => {
  const types = readFileSync(new URL(`${PACKAGE}options.d.ts`, here), "utf8");
  const script = readFileSync(new URL(`${PACKAGE}index.mjs`, here), "utf8");
  for (const [, name] of types.matchAll(/^ {2}(\w+)\?:/gm)) {
    const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    assert(script.includes(`"${attribute}"`), `${attribute} is observed`);
  }
});

test("Vite finds the wasm and the texts, for a shop in production and in development", () => {
  const app = new URL("react-vite/", here);
  vite(app, []);
  vite(app, ...development);
  const read = (name) => readFileSync(new URL(`dist/assets/${name}`, app));
  carriesTheFiles(assets(new URL("dist/", app)), read);
});

test("Vite finds them under React 18 too", () => {
  vite(react18, ...development);
  const [script] = scripts(new URL("dist-strict/", react18));
  // Not `match`: a failure would print the whole script.
  assert(readFileSync(new URL(`dist-strict/assets/${script}`, react18), "utf8").includes("18.3.1"), "React 18 is in it");
});

test("Vite's development server hands out the wasm", async () => {
  const { createServer } = await import("vite");
  const app = new URL("react-vite/", here);
  const server = await createServer({
    root: app.pathname,
    configFile: false,
    logLevel: "error",
    cacheDir: new URL("vite-cache", here).pathname,
    server: { port: 0, host: "127.0.0.1" },
    optimizeDeps: { include: ["@alliancepay/checkout/react"] },
  });
  try {
    await server.listen();
    const { port } = server.httpServer.address();
    const text = async (path) => (await fetch(new URL(path, `http://127.0.0.1:${port}`))).text();
    const [, react] = /from "([^"]*alliancepay[^"]*react[^"]*)"/.exec(await text("/main.tsx"));
    const [, chunk] = /from "(\.\/[^"]*checkout[^"]*)"/.exec(await text(react)) ?? [null, react];
    const code = await text(new URL(chunk, `http://127.0.0.1:${port}${react}`).pathname);
    const [, wasm] = /new URL\("([^"]+\.wasm\?[^"]*)"/.exec(code);
    const answer = await fetch(`http://127.0.0.1:${port}${wasm}`);
    assert.equal(answer.headers.get("content-type"), "application/wasm");
    const magic = new Uint8Array(await answer.arrayBuffer()).slice(0, 4);
    assert.deepEqual([...magic], [0, 0x61, 0x73, 0x6d]);
  } finally {
    await server.close();
  }
});

test("webpack finds the wasm and the texts", async () => {
  const { default: webpack } = await import("webpack");
  const app = new URL("webpack/", here);
  const { default: config } = await import(new URL("webpack.config.mjs", app));
  const stats = await new Promise((resolve, reject) => {
    webpack({ ...config, context: app.pathname, output: { path: new URL("dist", app).pathname } }, (error, done) =>
      error ? reject(error) : resolve(done),
    );
  });
  assert(!stats.hasErrors() && !stats.hasWarnings(), stats.toString());
  carriesTheFiles(readdirSync(new URL("dist/", app)), (name) => readFileSync(new URL(`dist/${name}`, app)));
});

for (const [version, from] of [
  ["19", here],
  ["18", react18],
]) {
  test(`rendered on a server by React ${version} it is the element with a plain form that pays`, async () => {
    const own = createRequire(from);
    const { createElement } = own("react");
    const { renderToString } = own("react-dom/server");
    const { AlliancePayCheckout } = await import(new URL(`${PACKAGE}react.mjs`, from));
    const complaints = [];
    const { error } = console;
    console.error = (...words) => complaints.push(words.join(" "));
    const render = (props, ...children) => renderToString(createElement(AlliancePayCheckout, props, ...children));
    const pay = render({ ...ORDER, view: "pay", product: "a2a", lang: "uk", texts: { pay: "«Так»" }, onReady() {} });
    const own_ = render({ ...ORDER, className: "mine" }, createElement("a", { href: "/pay" }, "Pay"));
    const status = render({ view: "status", backend: ORDER.backend, paymentHosts: ["a.example", "b.example"] });
    console.error = error;
    assert.deepEqual(complaints, []);
    assert.match(pay, /^<alliancepay-checkout [^>]*view="pay"[^>]*><form /);
    assert.match(pay, FORM);
    assert.match(pay, /order-token="\{\{TOKEN\}\}"/);
    assert.match(pay, /texts="\{&quot;pay&quot;:&quot;«Так»&quot;\}"/);
    assert.match(pay, /<input type="hidden" name="order_token" value="\{\{TOKEN\}\}"\/>/);
    assert.match(pay, /<input type="hidden" name="product" value="a2a"\/><button>Сплатити/);
    assert.match(own_, /class="mine"[^>]*><a href="\/pay">Pay<\/a><\/alliancepay-checkout>$/);
    assert.match(status, /payment-hosts="a\.example b\.example"[^>]*><\/alliancepay-checkout>$/);
  });
}

test("a page is rendered for a browser to take over", async () => {
  const app = new URL("rendered/", here);
  vite(app, ...development);
  const { createElement } = require("react");
  const { renderToString } = require("react-dom/server");
  const { Page } = await import(new URL("page.mjs", app));
  const file = new URL("dist-strict/index.html", app);
  const page = readFileSync(file, "utf8").replace("{{PAGE}}", renderToString(createElement(Page, ORDER)));
  assert(FORM.test(page), "the form is in the page");
  writeFileSync(file, page);
  rmSync(new URL("entry.mjs", here), { force: true });
});
