import { open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type ClusterFolder, giveTo } from "./cluster-folder.ts";
import { freePortFrom, rememberedPort, rememberPort } from "./cluster-port.ts";
import { writeSettings } from "./cluster-settings.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { isPostmasterOf, type Postmaster, readPostmaster } from "./postmaster-pid.ts";
import { runProgram } from "./run-program.ts";

export interface RunningPostmaster extends Postmaster {
  /** `true` when this call started it, `false` when it was found running. */
  readonly started: boolean;
}

export interface RunOptions {
  readonly settings: Readonly<Record<string, string>>;
  /** Insist on this port: other parts of this process already hold a URL with it. */
  readonly port?: number | undefined;
  readonly log: (line: string) => void;
}

/** What Postgres says when somebody else is just starting or a dead server's children are still leaving. */
const PASSING =
  /lock file "postmaster\.pid"|PID file "[^"]*" is empty|invalid data in PID file|shared memory block|could not create any TCP\/IP sockets/;
const ATTEMPTS = 40;
const PAUSE_MS = 250;

/** Finds the cluster's server running, or starts it. Safe when several processes do so at once. */
export const runPostmaster = async (
  folder: ClusterFolder,
  binaries: PostgresBinaries,
  options: RunOptions,
): Promise<RunningPostmaster> => {
  let output = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const running = await findRunning(folder, options.log);
    if (running) return { ...running, started: false };
    const result = await start(folder, binaries, options);
    if (result.postmaster) return { ...result.postmaster, started: true };
    output = result.output;
    if (!PASSING.test(output)) break;
    await pause();
  }
  const lines = output.trim().split("\n").filter(Boolean);
  const reason = lines.filter((line) => /FATAL|HINT|PANIC/.test(line)).at(-1) ?? lines.at(-1) ?? "no reason given";
  throw new EmbeddedPostgresError(`The embedded Postgres did not start: ${reason.trim()} (more in ${folder.log})`);
};

/** Stops the server and waits for it; its clients are disconnected. */
export const stopPostmaster = async (folder: ClusterFolder, binaries: PostgresBinaries): Promise<void> => {
  const args = ["stop", "-D", folder.cluster, "-m", "fast", "-w", "-t", "60"];
  const { code, output } = await runProgram(binaries.pgCtl, args, { owner: folder.owner, cwd: folder.home });
  if (code !== 0 && (await readPostmaster(folder.cluster)))
    throw new EmbeddedPostgresError(`The embedded Postgres did not stop: ${output.trim()}`);
};

/** Waits while a server starts or stops; clears away what a dead one left behind. */
const findRunning = async (folder: ClusterFolder, log: (line: string) => void): Promise<Postmaster | undefined> => {
  for (let waited = 0; ; waited++) {
    const postmaster = await readPostmaster(folder.cluster);
    if (!postmaster) {
      await clearUnwritten(join(folder.cluster, "postmaster.pid"), log);
      return undefined;
    }
    if (!(await isPostmasterOf(postmaster.pid, folder.cluster))) {
      // Look again: between the two reads a new server may have put its own file there.
      if ((await readPostmaster(folder.cluster))?.pid !== postmaster.pid) continue;
      log("Postgres was not stopped properly last time: clearing its stale postmaster.pid and letting it recover");
      await rm(join(folder.cluster, "postmaster.pid"), { force: true });
      return undefined;
    }
    if (postmaster.status === "ready") return postmaster;
    if (waited === 8) log(`Waiting for Postgres (pid ${postmaster.pid}), which is ${postmaster.status || "starting"}`);
    await pause();
  }
};

/** Between making the file and writing its pid a server needs milliseconds: much older, its server died in between. */
const UNWRITTEN_MS = 5_000;

const clearUnwritten = async (file: string, log: (line: string) => void): Promise<void> => {
  const found = await stat(file).catch(() => undefined);
  if (found?.size !== 0 || Date.now() - found.mtimeMs < UNWRITTEN_MS) return;
  log("Postgres died while it was starting last time: clearing the empty postmaster.pid it left");
  await rm(file, { force: true });
};

const start = async (
  folder: ClusterFolder,
  binaries: PostgresBinaries,
  options: RunOptions,
): Promise<{ postmaster?: Postmaster | undefined; output: string }> => {
  const portFile = join(folder.dataDir, "postgres.port");
  const remembered = await rememberedPort(portFile, folder.cluster);
  const port = options.port ?? (await freePortFrom(remembered));
  if (port !== remembered) options.log(`Port ${remembered} is taken: Postgres moves to ${port}`);
  await writeSettings(folder, port, options.settings);
  const logStart = await prepareLog(folder);
  const args = ["start", "-D", folder.cluster, "-l", folder.log, "-w", "-t", "600"];
  const { code, output } = await runProgram(binaries.pgCtl, args, { owner: folder.owner, cwd: folder.home });
  if (code !== 0) return { output: `${await readFrom(folder.log, logStart)}\n${output}` };
  await rememberPort(portFile, port);
  return { postmaster: await readPostmaster(folder.cluster), output };
};

const MAX_LOG_BYTES = 10_000_000;

/** Keeps one old log, lets the server's account write the new one, and says where the new lines will begin. */
const prepareLog = async (folder: ClusterFolder): Promise<number> => {
  const size = (await stat(folder.log).catch(() => undefined))?.size ?? 0;
  if (size > MAX_LOG_BYTES) await rename(folder.log, `${folder.log}.1`);
  await (await open(folder.log, "a", 0o600)).close();
  await giveTo(folder.owner, folder.log);
  return size > MAX_LOG_BYTES ? 0 : size;
};

const readFrom = async (file: string, position: number): Promise<string> => {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(20_000), position });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
};

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
