// How everything is packed, the one time that it is: as tightly as either goes.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export const pack = (raw) => {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
  };
  return { gzip: gzipSync(raw, { level: 9 }), brotli: brotliCompressSync(raw, { params }) };
};
