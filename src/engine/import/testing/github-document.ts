import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";

/** GitHub's own description of its API. Where it comes from stands in `github/README.md`. */
export function githubDocument(): unknown {
  const file = new URL("./github/api.github.com.json.br", import.meta.url);
  return JSON.parse(brotliDecompressSync(readFileSync(file)).toString("utf8"));
}
