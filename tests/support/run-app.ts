import { type ChildProcessByStdio, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export const API_KEY = "khotan-test-bootstrap-key-0123456789";

export interface RunningApp {
  /** `http://localhost:<port>` */
  readonly url: string;
  /** The one-time link for the first admin, while there is none. */
  readonly setupLink: string | undefined;
  readonly sandboxUrl: string | undefined;
  readonly pid: number;
  /** All it has printed so far. */
  output(): string;
  /** Ctrl-C; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** A `fetch` with the bootstrap key. */
  api(path: string, init?: RequestInit): Promise<Response>;
}

/** The process of a start that may fail. */
export interface AppAttempt {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  output(): string;
  /** Resolves when the app is ready, rejects with its output when it ends before that. */
  readonly ready: Promise<void>;
  readonly exit: Promise<number | null>;
  /** Resolves when it has printed this, rejects when it ends without. */
  printed(text: string): Promise<void>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
/** What `npm start` runs, with its flags for Node, but without npm around it. */
const [, ...startArguments] = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")))
  .scripts.start.split(" ");

/**
 * `npm start` as its own process: any free port, no variables of the caller's but these.
 *
 * @param command what npm would run, unless npm itself is part of the matter
 */
export const attemptApp = (
  env: Readonly<Record<string, string>>,
  [file, ...args]: readonly [string, ...string[]] = [process.execPath, ...startArguments],
): AppAttempt => {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(KHOTAN_|DATABASE_URL|PORT|NODE_ENV|VITEST|npm_)/.test(name),
  );
  const child = spawn(file, args, {
    cwd: root,
    env: {
      ...Object.fromEntries(inherited),
      NODE_ENV: "production",
      PORT: "0",
      KHOTAN_SANDBOX_PORT: "0",
      KHOTAN_API_KEY: API_KEY,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const heard = new EventEmitter();
  const exit = once(child, "exit").then(([code]: (number | null)[]) => code ?? null);
  const collect = (chunk: Buffer): void => {
    output += chunk.toString("utf8");
    heard.emit("output");
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const printedMatching = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(output)) resolve();
      };
      heard.on("output", look);
      look();
      void exit.then((code) => reject(new Error(`The app ended (${code}) before it printed ${pattern}:\n${output}`)));
    });
  const printed = (text: string) => printedMatching(new RegExp(text));
  const ready = printedMatching(/Ready in|Worker ready/);
  // Whoever expects a failure looks at `exit` only.
  ready.catch(() => undefined);
  return { child, output: () => output, ready, exit, printed };
};

/**
 * Starts the real thing, built if need be, and waits until it is ready.
 *
 * @example
 * const app = await runApp({ KHOTAN_DATA_DIR: folder.path });
 * await app.api("/api/khotan/plugs");
 * await app.stop();
 */
export const runApp = async (env: Readonly<Record<string, string>>): Promise<RunningApp> => {
  const { child, output, ready, exit } = attemptApp(env);
  await ready;
  const url = /http:\/\/localhost:\d+/.exec(output())?.[0];
  if (!url || child.pid === undefined) throw new Error(`No address in:\n${output()}`);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exit;
  };
  return {
    url,
    setupLink: /http:\/\/\S+\/setup\?token=\S+/.exec(output())?.[0],
    sandboxUrl: /Sandbox\s+(http:\/\/[^\s,]+)/.exec(output())?.[1],
    pid: child.pid,
    output,
    stop: () => end("SIGINT"),
    kill: async () => void (await end("SIGKILL")),
    api: (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${API_KEY}`);
      return fetch(url + path, { ...init, headers });
    },
  };
};

export interface DataFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** A data folder in the system's temporary one, which Postgres may enter whoever it runs as. */
export const temporaryDataFolder = async (): Promise<DataFolder> => {
  const path = await mkdtemp(join(tmpdir(), "khotan-app-"));
  await chmod(path, 0o711);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};
