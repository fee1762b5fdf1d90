import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../../src/engine/database/embedded/index.ts";
import { temporaryDataFolder } from "../../support/run-app.ts";
import type { Cast } from "./cast.ts";
import type { ChaosProcess } from "./chaos-process-handle.ts";
import { type Destination, startDestination } from "./destination.ts";
import type { Random } from "./random.ts";

export const WEBHOOK_SECRET = "the-secret-of-the-rounds";
/** What the destination gives whoever subscribes. */
export const SANDBOX_SECRET = `whsec_${Buffer.from(WEBHOOK_SECRET).toString("base64")}`;
const PROCESSES = 2;

/** What all rounds share: a Postgres with the product's own settings, a destination, two processes. */
export interface Stage {
  readonly cast: Cast;
  readonly database: EmbeddedPostgres;
  /** Straight to the database; queries are repeated while it is away. */
  readonly sql: postgres.Sql;
  readonly destination: Destination;
  /** Those that live. */
  living(): ChaosProcess[];
  /** Bring the number of living processes back to two. */
  fill(): Promise<void>;
  /** A request to any living process, again and again until it is answered well. */
  insist(path: string, request: () => RequestInit): Promise<Response>;
  /** What should not have happened to the processes themselves. */
  readonly falls: string[];
  close(): Promise<void>;
}

/** How long a request is repeated before that counts as a failure. */
const INSIST_MS = 60_000;

export async function setStage(cast: Cast, random: Random): Promise<Stage> {
  const folder = await temporaryDataFolder();
  const database = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined });
  const sql = postgres(database.url, { max: 4, onnotice: () => undefined, connect_timeout: 5 });
  const destination = await startDestination(random.next, SANDBOX_SECRET);
  const processes: ChaosProcess[] = [];
  const falls: string[] = [];

  async function add(): Promise<void> {
    const added = await cast.start(database.url, destination.url);
    processes.push(added);
    void added.gone.then(() => {
      processes.splice(processes.indexOf(added), 1);
      if (added.fellOver()) falls.push(`a process ended by itself: ${added.complaints().slice(-2_000)}`);
    });
  }
  const living = () => processes.filter((one) => one.alive);

  async function insist(path: string, request: () => RequestInit): Promise<Response> {
    const deadline = performance.now() + INSIST_MS;
    let last = "nobody lived";
    while (performance.now() < deadline) {
      const [first, ...others] = living();
      if (first) {
        try {
          const init = request();
          const answer = await fetch(random.pick([first, ...others]).url + path, {
            ...init,
            headers: { ...cast.credentials, ...Object.fromEntries(new Headers(init.headers)) },
            signal: AbortSignal.timeout(8_000),
          });
          if (answer.ok) return answer;
          last = `${answer.status} ${await answer.text()}`;
          // 409: the first request with this Idempotency-Key may still be under way. 401: its clock may be wrong.
          if (answer.status !== 503 && answer.status !== 409 && answer.status !== 401)
            throw Object.assign(new Error(`${path} answered ${last}`), { fatal: true });
        } catch (error) {
          if (error instanceof Error && "fatal" in error) throw error;
          last = String(error);
        }
      }
      await delay(random.between(20, 120));
    }
    throw new Error(`${path} was not answered well within ${INSIST_MS / 1000} s, last: ${last}`);
  }

  await add();
  const stage: Stage = {
    cast,
    database,
    sql,
    destination,
    living,
    async fill() {
      const missing = PROCESSES - living().length;
      await Promise.all(Array.from({ length: Math.max(0, missing) }, add));
    },
    insist,
    falls,
    async close() {
      await Promise.all(processes.map((one) => one.kill()));
      await destination.close();
      await sql.end({ timeout: 5 });
      await database.stop();
      await rm(folder.path, { recursive: true, force: true });
    },
  };
  await cast.prepare(stage);
  return stage;
}
