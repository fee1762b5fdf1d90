import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type ClusterOwner, canEnter, clusterOwner } from "./cluster-owner.ts";
import { codeOf, EmbeddedPostgresError } from "./embedded-postgres-error.ts";

export interface ClusterFolder {
  /** `KHOTAN_DATA_DIR`, absolute and without links. */
  readonly dataDir: string;
  /** Holds `cluster` and the server's log; usually the data folder itself. */
  readonly home: string;
  /** What Postgres calls its data directory. */
  readonly cluster: string;
  readonly log: string;
  readonly owner: ClusterOwner | undefined;
  /** Where a copy of the server goes when node_modules is out of reach. */
  readonly sharedDir: string;
}

/**
 * Creates the data folder and decides where the database lives: in the data folder, or, when root starts us in a
 * folder that no other account can enter, under `sharedDir`; `postgres.location` in the data folder remembers it.
 */
export const clusterFolder = async (
  dataDir: string,
  sharedDir: string,
  log: (line: string) => void,
): Promise<ClusterFolder> => {
  const root = await createDataDir(dataDir);
  const location = join(root, "postgres.location");
  const remembered = await readFile(location, "utf8").catch(() => undefined);
  const at = async (home: string): Promise<ClusterFolder> => {
    const cluster = join(home, "postgres");
    const owner = await clusterOwner(root, cluster);
    return { dataDir: root, home, cluster, owner, log: join(home, "postgres.log"), sharedDir };
  };
  if (remembered) return at(remembered.trim());

  const here = await at(root);
  if (await canEnter(here.owner, root)) return here;
  const home = join(sharedDir, randomBytes(6).toString("hex"));
  log(`User ${here.owner?.name}, who runs Postgres, cannot enter ${root}: the database is kept in ${home}`);
  await mkdir(home, { recursive: true, mode: 0o755 });
  const elsewhere = await at(home);
  if (!(await canEnter(elsewhere.owner, home)))
    throw new EmbeddedPostgresError(
      `Postgres runs as user ${here.owner?.name}, who can enter neither ${root} nor ${home}: set KHOTAN_DATA_DIR to a folder that user can reach.`,
    );
  await writeFile(location, `${home}\n`);
  return elsewhere;
};

/** Gives a file or folder to the account that runs Postgres; nothing to do when that is ourselves. */
export const giveTo = async (owner: ClusterOwner | undefined, path: string): Promise<void> => {
  if (owner) await chown(path, owner.uid, owner.gid);
};

const createDataDir = async (dataDir: string): Promise<string> => {
  const wanted = resolve(dataDir);
  try {
    const isNew = !(await stat(wanted).catch(() => undefined));
    await mkdir(wanted, { recursive: true });
    // Whatever the umask: others may pass through to their own database, but not list the folder.
    if (isNew) await chmod(wanted, 0o711);
    const probe = join(wanted, `.writable-${process.pid}`);
    await writeFile(probe, "", { flag: "w" });
    await rm(probe);
    return await realpath(wanted);
  } catch (error) {
    const why = codeOf(error) === "EEXIST" || codeOf(error) === "ENOTDIR" ? "is not a folder" : "cannot be written";
    throw new EmbeddedPostgresError(
      `The data folder ${wanted} ${why} (${codeOf(error)}): point KHOTAN_DATA_DIR to a folder this user may write to.`,
      { cause: error },
    );
  }
};
