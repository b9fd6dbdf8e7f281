// Takes {from, names, to} as JSON; writes each file of `from` into `to`, compressed with Brotli as far as it goes.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const { from, names, to } = JSON.parse(readFileSync(0, "utf8"));
for (const name of names) {
  const content = readFileSync(join(from, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const part = join(to, `${name}.br.part`);
  writeFileSync(part, brotliCompressSync(content, { params }));
  renameSync(part, join(to, `${name}.br`));
}
