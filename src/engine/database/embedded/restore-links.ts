import { readFile, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { codeOf } from "./embedded-postgres-error.ts";

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Creates the library links that npm packages cannot carry. The package does so in its install script, which
 * `npm ci --ignore-scripts` skips. Its list, `native/pg-symlinks.json`, names paths relative to the package.
 */
export const restoreLinks = async (packageDir: string): Promise<void> => {
  const list = await readFile(join(packageDir, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of linksSchema.parse(JSON.parse(list))) {
    try {
      await symlink(relative(dirname(target), source), join(packageDir, target));
    } catch (error) {
      // Already there, or a read-only installation: whether the server runs is tried right after this.
      if (!["EEXIST", "EACCES", "EPERM", "EROFS"].includes(codeOf(error) ?? "")) throw error;
    }
  }
};
