import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { drizzleAdapter } from "../../database/adapter.ts";
import { createLimiters } from "../limiters.ts";
import { postgresBank } from "../postgres-bank.ts";
import { commandSchema, type LimitReport } from "./limit-command.ts";

/** A process of its own that calls under a limit, driven over IPC; see `fork-limit-process.ts`. Nobody tells it any news. */
const url = process.argv[2] ?? "";
const sql = postgres(url, { max: 3, onnotice: () => undefined });
const bank = postgresBank(drizzleAdapter(drizzle(sql), { url }), { publish: () => undefined });
const limiters = createLimiters({ bank, leaseMs: 2_000 });
const now = () => performance.timeOrigin + performance.now();
const report = (message: LimitReport) => process.send?.(message);

async function call(limiter: { acquire(signal: undefined): Promise<() => void> }, holdMs: number) {
  const cameAt = now();
  const end = await limiter.acquire(undefined);
  const beganAt = now();
  if (holdMs > 0) await new Promise((resolve) => setTimeout(resolve, holdMs));
  const endedAt = now();
  end();
  return { cameAt, beganAt, endedAt };
}

process.on("message", async (raw) => {
  const command = commandSchema.parse(raw);
  const limiter = limiters.of({ ...command.limits, name: command.limits.plug }, "default");
  if (!limiter) throw new Error("no limit");
  switch (command.kind) {
    case "calls": {
      const { count, holdMs } = command;
      const calls = await Promise.all(Array.from({ length: count }, () => call(limiter, holdMs)));
      report({ kind: "calls", calls });
      break;
    }
    case "hold":
      await limiter.acquire(undefined);
      report({ kind: "holding" });
      break;
    case "penalise":
      limiter.penalise(command.waitMs);
      report({ kind: "penalised", at: now() });
      break;
  }
});
report({ kind: "ready" });
