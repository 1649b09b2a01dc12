// Prints {"gzip":BYTES,"brotli":BYTES}: what a file would take on the wire.
import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";
import { pack } from "./pack.mjs";

const { gzip, brotli } = pack(readFileSync(argv[2]));
stdout.write(JSON.stringify({ gzip: gzip.length, brotli: brotli.length }));
