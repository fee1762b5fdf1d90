/** Modules of an app that export better-auth's instance as `auth`. */
export interface FoundAuth {
  /** The app's own, from the project's root; Khotan only asks it who somebody is. */
  readonly theirs: string | undefined;
  /** The one that `khotan add auth` wrote is there. */
  readonly ours: boolean;
}

const PLACES = ["lib/auth", "auth", "server/auth", "lib/auth/index", "utils/auth", "server/auth/index"];

/** Looks where such a module usually lies, and runs none. */
export async function findAuth(
  read: (path: string) => Promise<string | undefined>,
  source: "src/" | "",
): Promise<FoundAuth> {
  for (const path of PLACES.map((place) => `${source}${place}.ts`)) {
    const text = await read(path);
    if (text === undefined || !/from\s+["']better-auth["']/.test(text) || !/export\s+const\s+auth\b/.test(text))
      continue;
    const ours = /\bexport function authTables\b/.test(text);
    return { theirs: ours ? undefined : path, ours };
  }
  return { theirs: undefined, ours: false };
}
