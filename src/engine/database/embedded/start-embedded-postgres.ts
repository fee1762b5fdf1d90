import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type ClusterFolder, clusterFolder } from "./cluster-folder.ts";
import { codeOf, EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { initialiseCluster, USER } from "./initialise-cluster.ts";
import { type PostgresBinaries, postgresBinaries } from "./postgres-binaries.ts";
import { openPresence, type Presence } from "./presence.ts";
import { rememberOnce } from "./remember-once.ts";
import { type RunningPostmaster, runPostmaster, stopPostmaster } from "./run-postmaster.ts";

export interface EmbeddedPostgresOptions {
  /** `KHOTAN_DATA_DIR`; created when missing. Cluster, password, port and log live in it. */
  readonly dataDir: string;
  /** Called with one line for whatever a person would like to know. */
  readonly log: (line: string) => void;
  /** The database to create and connect to. Default `khotan`. */
  readonly database?: string;
  /** Server settings over ours, e.g. `{ fsync: "off" }` for a throwaway. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where root keeps what the account running Postgres cannot reach otherwise. Default `/var/lib/khotan`. */
  readonly sharedDir?: string;
}

export interface EmbeddedPostgres {
  /** Connection URL of the database, as the superuser `khotan`. Stays valid when the server had to be restarted. */
  readonly url: string;
  /** The server was already running: left behind by a killed process, or shared with a living one. */
  readonly adopted: boolean;
  /** Process id of the server. */
  readonly pid: number;
  /** Leaves; the last process on a data folder stops the server. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts Postgres in a data folder, or joins the one that runs there already. While we are here it is watched:
 * when it dies it is started again on the same port.
 *
 * @throws EmbeddedPostgresError with a sentence that says what to do
 * @example
 * const postgres = await startEmbeddedPostgres({ dataDir: ".khotan", log: console.log });
 * const sql = connect(postgres.url);
 * await postgres.stop();
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const { log, settings = {}, database = "khotan", sharedDir = "/var/lib/khotan" } = options;
  const folder = await clusterFolder(options.dataDir, sharedDir, log);
  const binaries = await postgresBinaries(folder.owner, folder.sharedDir, log);
  const password = await rememberOnce(join(folder.dataDir, "postgres.password"), () =>
    randomBytes(24).toString("base64url"),
  );
  await initialiseCluster(folder, binaries, password, log);

  const urlOf = (port: number, name: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${name}`;
  const enter = (port?: number) => enterCluster({ folder, binaries, settings, log, port, urlOf });
  let current = await enter();
  const { postmaster } = current;
  await createDatabase(urlOf(postmaster.port, "postgres"), database);
  log(describe(current));

  let leaving: Promise<void> | undefined;
  const watch = async (): Promise<void> => {
    for (;;) {
      await current.presence.lost;
      if (leaving) return;
      log("The connection to the embedded Postgres broke: bringing it back");
      for (let pauseMs = 250; !leaving; pauseMs = Math.min(pauseMs * 2, 10_000)) {
        try {
          current = await enter(postmaster.port);
          log(describe(current));
          break;
        } catch (error) {
          log(error instanceof Error ? error.message : String(error));
          await delay(pauseMs);
        }
      }
    }
  };
  void watch();

  return {
    url: urlOf(postmaster.port, database),
    adopted: !postmaster.started,
    get pid() {
      return current.postmaster.pid;
    },
    stop: () => {
      leaving ??= leave(current.presence, folder, binaries, log);
      return leaving;
    },
  };
};

interface Entered {
  readonly postmaster: RunningPostmaster;
  readonly presence: Presence;
}

/** Runs or finds the server and registers with it; starts over when it goes away in between. */
const enterCluster = async (context: {
  readonly folder: ClusterFolder;
  readonly binaries: PostgresBinaries;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  readonly port: number | undefined;
  readonly urlOf: (port: number, database: string) => string;
}): Promise<Entered> => {
  const { folder, binaries, settings, log, port, urlOf } = context;
  for (let attempt = 1; ; attempt++) {
    const postmaster = await runPostmaster(folder, binaries, { settings, log, port });
    try {
      return { postmaster, presence: await openPresence(urlOf(postmaster.port, "postgres")) };
    } catch (error) {
      // 28P01: the password file and the cluster do not belong together, and trying again would not help.
      if (codeOf(error) === "28P01") {
        if (postmaster.started) await stopPostmaster(folder, binaries);
        throw new EmbeddedPostgresError(
          `The password in ${folder.dataDir}/postgres.password does not open the database in ${folder.cluster}: restore the file it was made with.`,
        );
      }
      if (attempt === 20) throw error;
      await delay(100);
    }
  }
};

const leave = async (
  presence: Presence,
  folder: ClusterFolder,
  binaries: PostgresBinaries,
  log: (line: string) => void,
): Promise<void> => {
  const last = await presence.leave().catch(() => false);
  if (last) {
    log("Stopping the embedded Postgres: nobody else uses it");
    await stopPostmaster(folder, binaries);
  } else {
    log("Leaving the embedded Postgres to the other processes that use it");
  }
  await presence.close();
};

const createDatabase = async (url: string, name: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } catch (error) {
    // Another process created it at the same moment.
    if (!["42P04", "23505"].includes(codeOf(error) ?? "")) throw error;
  } finally {
    await client.end();
  }
};

const describe = ({ postmaster, presence }: Entered): string => {
  const where = `pid ${postmaster.pid}, port ${postmaster.port}`;
  if (postmaster.started) return `Embedded Postgres runs (${where})`;
  if (presence.joinedOthers) return `Joined the embedded Postgres that another process of this folder uses (${where})`;
  return `Adopted the embedded Postgres that a killed process left running (${where})`;
};
