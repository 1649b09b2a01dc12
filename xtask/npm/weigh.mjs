// Prints [{"gzip":BYTES,"brotli":BYTES}], one for each of the named files.
import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const weigh = (path) => {
  const raw = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
  };
  return { gzip: gzipSync(raw, { level: 9 }).length, brotli: brotliCompressSync(raw, { params }).length };
};
stdout.write(JSON.stringify(argv.slice(2).map(weigh)));
