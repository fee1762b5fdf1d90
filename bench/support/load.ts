import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  readonly secret: string;
  readonly connections: number;
  readonly durationMs: number;
  /** All connections together; as fast as answers come when left out. */
  readonly ratePerSec?: number;
}

const seenSchema = z.object({
  elapsedMs: z.number(),
  answered: z.number(),
  statuses: z.record(z.string(), z.number()),
  broken: z.number(),
  retryAfter: z.number(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});
export type LoadSeen = z.infer<typeof seenSchema>;

/** The sender of webhooks, in its own process. */
export interface Load {
  send(order: LoadOrder): Promise<LoadSeen>;
  end(): void;
}

export function startLoad(): Load {
  const child = forkSupport("webhook-load.mjs");
  return {
    async send(order) {
      child.send(order);
      const [seen] = await once(child, "message");
      return seenSchema.parse(seen);
    },
    end: () => child.disconnect(),
  };
}

/** Start a file beside this one as a process that ends with us. */
export const forkSupport = (
  file: string,
  env: Readonly<Record<string, string>> = {},
  execArgv: readonly string[] = [],
): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: [...execArgv], env: { ...process.env, ...env } });

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** Lines of equal columns; the first is aligned left. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_cell, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart((widths[at] ?? 0) + 3))).join(""),
    );
}
