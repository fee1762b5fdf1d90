import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { restoreLinks } from "./restore-links.ts";

describe("restoreLinks", () => {
  let packageDir = "";
  beforeEach(async () => {
    packageDir = await mkdtemp(join(tmpdir(), "khotan-links-"));
    await mkdir(join(packageDir, "native/lib"), { recursive: true });
    await writeFile(join(packageDir, "native/lib/libpq.so.5.18"), "library");
    const links = [{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }];
    await writeFile(join(packageDir, "native/pg-symlinks.json"), JSON.stringify(links));
  });
  afterEach(() => rm(packageDir, { recursive: true, force: true }));

  it("makes the links an install without scripts left out", async () => {
    await restoreLinks(packageDir);
    expect(await readFile(join(packageDir, "native/lib/libpq.so.5"), "utf8")).toBe("library");
  });

  it("leaves links alone that are there", async () => {
    await restoreLinks(packageDir);
    await expect(restoreLinks(packageDir)).resolves.toBeUndefined();
  });
});
