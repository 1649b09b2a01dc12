// Writes FILE.br and FILE.gz beside every file of a folder and prints {"FILE":{"brotli":BYTES}} as JSON.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv, stdout } from "node:process";
import { pack } from "./pack.mjs";

const folder = argv[2];
const sizes = {};
for (const entry of readdirSync(folder, { withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(folder, entry.name);
  const { gzip, brotli } = pack(readFileSync(path));
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzip);
  sizes[entry.name] = { brotli: brotli.length };
}
stdout.write(JSON.stringify(sizes));
