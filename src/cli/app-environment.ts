import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** Variables that an app of Next reads from its own folder; the first file wins, as there. */
export async function readAppEnvironment(folder: string): Promise<Readonly<Record<string, string | undefined>>> {
  const texts = await Promise.all(
    [".env.local", ".env"].map((name) => readFile(join(folder, name), "utf8").catch(() => "")),
  );
  const [local = {}, shared = {}] = texts.map((text) => blankless(parseEnv(text)));
  return { ...shared, ...local };
}

/** An empty variable counts as unset. */
const blankless = (values: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));
