import { randomBytes } from "node:crypto";
import { appendFile, chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ClusterFolder, giveTo } from "./cluster-folder.ts";
import { codeOf, EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { runProgram } from "./run-program.ts";

/** The cluster's superuser; its password lives in the data folder. */
export const USER = "khotan";

/**
 * Creates the cluster when there is none. It is made beside its place and moved there when complete, so that a crash
 * half-way leaves nothing that looks finished, and of several processes that try at once exactly one wins.
 */
export const initialiseCluster = async (
  folder: ClusterFolder,
  binaries: PostgresBinaries,
  password: string,
  log: (line: string) => void,
): Promise<void> => {
  const existing = await readFile(join(folder.cluster, "PG_VERSION"), "utf8").catch(() => undefined);
  if (existing !== undefined) {
    if (Number.parseInt(existing, 10) === binaries.major) return;
    throw new EmbeddedPostgresError(
      `The database in ${folder.cluster} was made by Postgres ${existing.trim()}, and Postgres ${binaries.major} cannot open it: dump it with the old version, or move the folder away to start empty.`,
    );
  }
  log(`Preparing an embedded Postgres ${binaries.major} in ${folder.cluster} (once, some seconds)`);
  await removeAbandoned(folder);
  const draft = join(folder.home, `postgres-draft-${process.pid}-${randomBytes(3).toString("hex")}`);
  const passwordFile = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await chmod(draft, 0o700);
    await giveTo(folder.owner, draft);
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await giveTo(folder.owner, passwordFile);
    const { code, output } = await runProgram(binaries.initdb, initdbArguments(draft, passwordFile), {
      owner: folder.owner,
      cwd: folder.home,
    });
    if (code !== 0)
      throw new EmbeddedPostgresError(`The database in ${folder.cluster} could not be created: ${output.trim()}`);
    await appendFile(join(draft, "postgresql.conf"), "\ninclude_if_exists = 'khotan.conf'\n");
    await rename(draft, folder.cluster);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error) ?? "")) throw error;
    if (!(await stat(join(folder.cluster, "PG_VERSION")).catch(() => undefined))) throw error;
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
};

const initdbArguments = (draft: string, passwordFile: string): string[] => [
  `--pgdata=${draft}`,
  `--username=${USER}`,
  `--pwfile=${passwordFile}`,
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  // Sorts and compares alike on every machine, whatever its C library.
  "--locale-provider=builtin",
  "--locale=C",
  "--builtin-locale=C.UTF-8",
  // The draft is moved when complete and the first start writes it to disk anyway.
  "--no-sync",
];

/** Drafts of processes that were killed while they made a cluster. */
const removeAbandoned = async (folder: ClusterFolder): Promise<void> => {
  for (const name of await readdir(folder.home)) {
    const pid = Number(/^postgres-draft-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await rm(join(folder.home, name), { recursive: true, force: true });
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
};
