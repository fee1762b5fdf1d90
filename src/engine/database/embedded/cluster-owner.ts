import { readFile, stat } from "node:fs/promises";
import { codeOf, EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { runProgram } from "./run-program.ts";

/** The account that Postgres runs as when we are root, which Postgres refuses to run as. */
export interface ClusterOwner {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** Accounts that a Linux or macOS machine or a Node container usually has, best first. */
const CANDIDATES = ["postgres", "_postgres", "node", "nobody"];

/**
 * The account to run Postgres as: `undefined` (ourselves) unless we are root. An existing cluster keeps its owner;
 * a new one belongs to whoever owns the data folder, else to `postgres`, `node` or `nobody`.
 */
export const clusterOwner = async (dataDir: string, clusterDir: string): Promise<ClusterOwner | undefined> => {
  if (process.getuid === undefined) return undefined;
  const accounts = await readAccounts();
  const existing = await ownerOf(clusterDir);
  if (process.getuid() !== 0) {
    if (existing !== undefined && existing !== process.getuid())
      throw new EmbeddedPostgresError(
        `The database in ${clusterDir} belongs to another user (uid ${existing}): start as that user, or point KHOTAN_DATA_DIR to another folder.`,
      );
    return undefined;
  }
  const wanted = [existing, await ownerOf(dataDir)].find((uid) => uid !== undefined && uid !== 0);
  const found =
    accounts.find((account) => account.uid === wanted) ??
    CANDIDATES.map((name) => accounts.find((account) => account.name === name)).find((account) => account);
  if (!found)
    throw new EmbeddedPostgresError(
      "Postgres refuses to run as root and this machine has no `postgres` or `nobody` account: start as an ordinary user, or set DATABASE_URL.",
    );
  return found;
};

/** Can this account enter the folder? Asked of the system itself, so that ACLs and mount options count. */
export const canEnter = async (owner: ClusterOwner | undefined, folder: string): Promise<boolean> =>
  owner === undefined ||
  (await runProgram("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], { owner, cwd: "/" })).code === 0;

const ownerOf = async (path: string): Promise<number | undefined> => {
  try {
    return (await stat(path)).uid;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
};

const readAccounts = async (): Promise<ClusterOwner[]> => {
  const lines = (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n");
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
};
