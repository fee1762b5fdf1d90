import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { CliError } from "../cli-error.ts";
import { VERSION } from "../version.ts";

/** How a generated file is made again. It holds no secret: a curl command, which may, is not kept. */
const originSchema = z.discriminatedUnion("by", [
  z.object({
    by: z.literal("openapi"),
    source: z.string(),
    name: z.string(),
    only: z.array(z.string()).optional(),
    check: z.enum(["strict", "passthrough", "warn", "off"]).optional(),
  }),
  z.object({ by: z.literal("add"), kind: z.string() }),
  z.object({ by: z.literal("skills"), id: z.string() }),
]);
export type Origin = z.infer<typeof originSchema>;

const entrySchema = z.object({ sha256: z.string(), version: z.string(), origin: originSchema });
const manifestSchema = z.object({ files: z.record(z.string(), entrySchema) });

/** Which files were generated, and what they were like: one that differs was edited, and is the app's own. */
export type Manifest = z.infer<typeof manifestSchema>;

export const MANIFEST = "khotan.generated.json";

/** Line ends are the checkout's and not the author's. */
export const digest = (text: string): string =>
  createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");

export const entryOf = (text: string, origin: Origin): Manifest["files"][string] => ({
  sha256: digest(text),
  version: VERSION,
  origin,
});

/** @throws CliError when the file is not what Khotan wrote */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => undefined);
  if (text === undefined) return { files: {} };
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    throw new CliError(`${MANIFEST} cannot be read.`, {
      hint: "Restore it from version control, or remove it: then all generated files count as your own.",
    });
  }
}

/** Written beside and renamed, so that a process that dies leaves the old one. Sorted, so that merges are easy. */
export async function writeManifest(folder: string, { files }: Manifest): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const path = join(folder, MANIFEST);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, `${JSON.stringify({ files: sorted }, null, 2)}\n`);
  await rename(`${path}.new`, path);
}
