import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finish } from "./finish.ts";
import type { Shape } from "./shapes.ts";

type Packages = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies: Packages;
  readonly devDependencies: Packages;
}

/** What this repository has, so that most of it is in npm's cache already. */
const ours = async (): Promise<Packages> => {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  const { dependencies, devDependencies }: Manifest = JSON.parse(text);
  return { ...dependencies, ...devDependencies };
};

/** The package.json of create-next-app with the packed library, and all that the shapes of one Next need. */
export async function writeManifest(folder: string, tarball: string, next: Shape["next"]): Promise<void> {
  const own = await ours();
  const version = (name: string): string => own[name] ?? "*";
  const react = next === "16" ? version("react") : "19.1.0";
  const nextVersion = next === "16" ? version("next") : "15.5.28";
  const manifest = {
    name: "consumer",
    version: "0.1.0",
    private: true,
    scripts: { dev: "next dev", build: "next build", start: "next start", lint: "eslint" },
    dependencies: {
      next: nextVersion,
      react,
      "react-dom": react,
      khotan: `file:${tarball}`,
      "better-auth": version("better-auth"),
      "drizzle-orm": version("drizzle-orm"),
      workflow: version("workflow"),
      zod: version("zod"),
    },
    devDependencies: {
      "@biomejs/biome": version("@biomejs/biome"),
      ...(next === "16"
        ? { "@tailwindcss/turbopack": "^4" }
        : { "@tailwindcss/postcss": "^4", "@eslint/eslintrc": "^3" }),
      "@types/node": "^20",
      "@types/react": "^19",
      "@types/react-dom": "^19",
      "drizzle-kit": version("drizzle-kit"),
      eslint: "^9",
      "eslint-config-next": next === "16" ? "^16" : nextVersion,
      tailwindcss: "^4",
      typescript: "^5",
    },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @returns `false` when the registry cannot be reached. @throws Error with what npm said otherwise */
export async function install(folder: string, packageManager: Shape["packageManager"]): Promise<boolean> {
  const command: [string, ...string[]] =
    packageManager === "npm"
      ? ["npm", "install", "--prefer-offline", "--no-audit", "--no-fund"]
      : ["npx", "--yes", "pnpm@10", "install", "--prefer-offline"];
  const { code, out, err } = await finish(folder, command);
  if (code === 0) return true;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENOTCACHED/.test(out + err) && process.env.CI !== "true")
    return false;
  throw new Error(`${command.join(" ")} ended with ${code}:\n${out}${err}`);
}
