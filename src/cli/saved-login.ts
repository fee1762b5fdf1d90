import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";

const loginSchema = z.object({ url: z.string(), key: z.string() });
export type Login = z.infer<typeof loginSchema>;

/** Where `khotan login` keeps address and key: below XDG_CONFIG_HOME, else ~/.config. */
export const loginFile = (place: { home: string; env: Readonly<Record<string, string | undefined>> }): string =>
  join(place.env.XDG_CONFIG_HOME || join(place.home, ".config"), "khotan", "login.json");

/** @returns `undefined` when nobody has logged in, or the file is none of ours */
export async function readLogin(file: string): Promise<Login | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return loginSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Readable by its owner alone, from the first byte on; replaced as a whole. */
export async function writeLogin(file: string, login: Login): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}

export const removeLogin = (file: string): Promise<void> => rm(file, { force: true });
