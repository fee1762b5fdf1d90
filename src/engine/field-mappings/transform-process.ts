import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { z } from "zod";
import { TRANSFORM_SOURCE } from "./transform-source.ts";

export interface TransformLimits {
  /** For one evaluation, in milliseconds. */
  readonly timeMs: number;
  /** How deep an expression may call itself. */
  readonly depth: number;
  /** The longest list it may build. */
  readonly items: number;
  /** Of one result, as JSON. */
  readonly bytes: number;
}

export const DEFAULT_LIMITS: TransformLimits = { timeMs: 250, depth: 500, items: 10_000, bytes: 256 * 1024 };

/** Expressions to evaluate on records; all values are JSON text, so that nothing but data crosses. */
export interface TransformBatch {
  readonly texts: readonly string[];
  readonly rows: readonly {
    readonly record: string;
    /** `at` is the number of the expression; `value` becomes `$value`. */
    readonly tasks: readonly { readonly at: number; readonly value: string | undefined }[];
  }[];
}

const outcomeSchema = z.object({
  text: z.string().optional(),
  error: z.string().optional(),
  code: z.string().optional(),
  position: z.number().optional(),
});
export type TransformOutcome = z.infer<typeof outcomeSchema>;
const answerSchema = z.object({ id: z.number(), results: z.array(z.array(outcomeSchema)) });

/** An evaluation that does not end by itself is ended so long after its own limit. */
const GRACE_MS = 750;
/** A process that is not there after this long cannot be started. */
const START_MS = 20_000;
const LOOK_MS = 50;
const MEMORY_MB = 128;
const STOPPED = "It took too long or too much memory, and was stopped.";

/** A process that evaluates. It does not keep ours alive. */
interface Live {
  readonly child: ChildProcess;
  /** Counts evaluations that began, and knows the last one. */
  readonly progress: { steps: number; at: number };
  readonly ready: Promise<void>;
}

interface Slot {
  live: Live | null;
  last: Promise<unknown>;
  nextId: number;
}

const KEY = Symbol.for("khotan.transformProcess");
/** Next evaluates modules twice in one process; one child is enough. */
function slot(): Slot {
  const holder: typeof globalThis & { [KEY]?: Slot } = globalThis;
  holder[KEY] ??= { live: null, last: Promise.resolve(), nextId: 1 };
  return holder[KEY];
}

/**
 * Evaluate expressions in a process of their own, which is killed when one of
 * them hangs or eats its memory: ours never waits. A thread would not do, since
 * one that runs out of memory in a single step takes the whole process with it.
 * Batches take turns; the process is started by the first one and kept.
 *
 * @returns for every task its outcome, in order.
 */
export function evaluateTransforms(
  batch: TransformBatch,
  limits: TransformLimits = DEFAULT_LIMITS,
): Promise<TransformOutcome[][]> {
  const turn = slot().last.then(() => evaluateAll(batch, limits));
  slot().last = turn.catch(() => undefined);
  return turn;
}

/** One that hung is left out of the next try, for all records: its place would hang again. */
async function evaluateAll(batch: TransformBatch, limits: TransformLimits): Promise<TransformOutcome[][]> {
  const stopped = new Set<number>();
  for (;;) {
    const rows = batch.rows.map((row) => ({ ...row, tasks: row.tasks.filter(({ at }) => !stopped.has(at)) }));
    const answer = await tryOnce({ texts: batch.texts, rows }, limits);
    if (typeof answer === "number") {
      if (answer < 0 || stopped.has(answer)) throw new Error("the process that transforms records ends by itself");
      stopped.add(answer);
      continue;
    }
    return batch.rows.map((row, at) => {
      const done = (answer[at] ?? [])[Symbol.iterator]();
      return row.tasks.map((task): TransformOutcome => {
        if (stopped.has(task.at)) return { error: STOPPED, code: "stopped" };
        const next = done.next();
        return next.done ? { error: STOPPED, code: "stopped" } : next.value;
      });
    });
  }
}

/** @returns the outcomes, or the number of the expression that hung. */
async function tryOnce(batch: TransformBatch, limits: TransformLimits): Promise<TransformOutcome[][] | number> {
  const shared = slot();
  const live = shared.live?.child.connected ? shared.live : start();
  shared.live = live;
  const { child, progress } = live;
  keepAlive(child, true);
  try {
    await live.ready;
    return await ask(live, { id: shared.nextId++, ...batch, limits });
  } finally {
    keepAlive(child, false);
    // What was waiting for it to go is gone, whatever the reason.
    if (!child.connected) shared.live = null;
    progress.at = -1;
  }
}

function ask(live: Live, message: TransformBatch & { id: number; limits: TransformLimits }) {
  const { child, progress } = live;
  return new Promise<TransformOutcome[][] | number>((resolve, reject) => {
    let steps = progress.steps;
    let since = performance.now();
    const end = (work: () => void) => {
      clearInterval(timer);
      child.off("message", onMessage).off("exit", onExit);
      work();
    };
    const onMessage = (received: unknown) => {
      const answer = answerSchema.safeParse(received);
      if (answer.success && answer.data.id === message.id) end(() => resolve(answer.data.results));
    };
    /** Killed by the timer below, or out of memory: whatever was under way is to blame. */
    const onExit = () => end(() => resolve(progress.at));
    const timer = setInterval(() => {
      if (progress.steps !== steps) {
        steps = progress.steps;
        since = performance.now();
      } else if (performance.now() - since > limits(message) + GRACE_MS) child.kill("SIGKILL");
    }, LOOK_MS);
    child.on("message", onMessage).on("exit", onExit);
    child.send(message, (error) => {
      if (error) end(() => reject(error));
    });
  });
}

const limits = (message: { readonly limits: TransformLimits }): number => message.limits.timeMs;

function start(): Live {
  const progress = { steps: 0, at: -1 };
  const child = spawn(process.execPath, [`--max-old-space-size=${MEMORY_MB}`, "-e", TRANSFORM_SOURCE], {
    // No secret of ours is within its reach.
    env: { NODE_ENV: "production", KHOTAN_JSONATA: locate("jsonata"), KHOTAN_RE2JS: locate("re2js") },
    stdio: ["ignore", "ignore", "ignore", "ipc", "pipe"],
  });
  const pipe = child.stdio[4];
  if (isReadable(pipe)) {
    pipe.on("data", (bytes: Buffer) => {
      progress.steps += bytes.length;
      progress.at = (bytes.at(-1) ?? 0) - 1;
    });
    pipe.on("error", () => undefined);
  }
  const ready = new Promise<void>((resolve, reject) => {
    const giveUp = (reason: unknown) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(reason instanceof Error ? reason : new Error("the process that transforms records cannot be started"));
    };
    const timer = setTimeout(giveUp, START_MS).unref();
    child.once("message", () => {
      clearTimeout(timer);
      child.off("exit", giveUp);
      resolve();
    });
    child.once("exit", giveUp);
    child.on("error", giveUp);
  });
  ready.catch(() => undefined);
  return { child, progress, ready };
}

const isReadable = (stream: unknown): stream is Readable =>
  typeof stream === "object" && stream !== null && "on" in stream;

/** While it works it is waited for; idle, it does not keep this process from ending. */
function keepAlive(child: ChildProcess, keep: boolean): void {
  const word = keep ? "ref" : "unref";
  child[word]();
  child.channel?.[word]();
  const pipe: unknown = child.stdio[4];
  if (typeof pipe === "object" && pipe !== null && word in pipe) {
    const method: unknown = Reflect.get(pipe, word);
    if (typeof method === "function") method.call(pipe);
  }
}

/** Beside us, or, when a bundler moved us, beside the app. */
function locate(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return createRequire(join(process.cwd(), "package.json")).resolve(name);
  }
}
