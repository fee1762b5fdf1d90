import { existsSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Finished, finish, mustFinish } from "./finish.ts";
import { install, writeManifest } from "./install.ts";
import { linkTree } from "./link-tree.ts";
import { type Shape, writeShape } from "./shapes.ts";

export interface ConsumerApp {
  readonly folder: string;
  readonly source: "src/" | "";
  /** A command of the app's own packages. @throws Error with all it said when it fails */
  run(name: string, command: string, ...args: string[]): Promise<Finished>;
  /** The packed `khotan`, as somebody runs it in the app's folder. */
  khotan(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished>;
}

/** A fresh app of a shape, with its packages. */
export async function makeApp(
  consumer: { readonly folder: string; readonly tarball: string },
  shape: Shape,
): Promise<ConsumerApp> {
  const root = join(consumer.folder, shape.name.replace(/\W+/g, "-"));
  const folder = shape.monorepo ? join(root, "apps", "web") : root;
  await mkdir(folder, { recursive: true });
  const modules = await installed(consumer, shape, root);
  await writeManifest(folder, consumer.tarball, shape.next);
  if (shape.monorepo)
    await writeFile(join(root, "package.json"), '{ "name": "all", "private": true, "workspaces": ["apps/*"] }\n');
  await writeShape(folder, shape);
  const script = (name: string, command: string) => join(modules, name, ...command.split("/"));
  return {
    folder,
    source: shape.src ? "src/" : "",
    run: (name, command, ...args) => mustFinish(folder, [process.execPath, script(name, command), ...args]),
    khotan: (args, env) => finish(folder, [process.execPath, script("khotan", "lib/cli/main.js"), ...args], env),
  };
}

/** @returns the folder of the packages */
async function installed(
  { folder, tarball }: { readonly folder: string; readonly tarball: string },
  { next, packageManager }: Shape,
  root: string,
): Promise<string> {
  const modules = join(root, "node_modules");
  if (packageManager === "pnpm") {
    await writeManifest(root, tarball, next);
    await install(root, "pnpm");
    return modules;
  }
  const base = join(folder, `installed-${next}`);
  if (!existsSync(join(base, "node_modules"))) {
    await writeManifest(base, tarball, next);
    await install(base, "npm");
  }
  linkTree(join(base, "node_modules"), modules);
  await cp(join(base, "package-lock.json"), join(root, "package-lock.json"));
  return modules;
}
