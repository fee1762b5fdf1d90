import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const settings: object = JSON.parse(readFileSync(new URL("../../../../biome.json", import.meta.url), "utf8"));

/** What this project's formatter, linter and import sorter have against the code; empty when nothing is to be done. */
export function biomeProblems(code: string): string {
  const folder = mkdtempSync(join(tmpdir(), "khotan-import-"));
  try {
    // Rules for certain folders are not for what lands in another project.
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ ...settings, vcs: { enabled: false }, overrides: [] }));
    writeFileSync(join(folder, "plug.ts"), code);
    const args = [biome, "check", "plug.ts", "--colors=off", "--error-on-warnings", "--files-max-size=50000000"];
    const { status, stdout, stderr, error } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    if (error) throw error;
    return status === 0 ? "" : stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
