import { randomBytes } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { codeOf } from "./embedded-postgres-error.ts";

/**
 * Reads a small private file, writing it first when it does not exist. When several processes come at once, all of
 * them get the value of the one that was first: the file appears complete (by a hard link) or not at all.
 *
 * @example
 * const password = await rememberOnce(join(dataDir, "postgres.password"), () => randomBytes(24).toString("base64url"));
 */
export const rememberOnce = async (file: string, create: () => string): Promise<string> => {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(temporary, `${create()}\n`, { mode: 0o600, flag: "wx" });
  try {
    await link(temporary, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  return (await readFile(file, "utf8")).trim();
};
