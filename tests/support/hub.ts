import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { KhotanOptions } from "../../src/engine/config.ts";
import type { Engine } from "../../src/engine/context.ts";
import { createEngine } from "../../src/engine/create-engine.ts";
import { drizzleAdapter } from "../../src/engine/database/adapter.ts";
import { createRuntime, type Runtime } from "../../src/engine/runtime.ts";

export const TEST_SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

export interface TestHub {
  readonly engine: Engine;
  readonly runtime: Runtime;
  readonly sql: postgres.Sql;
  stop(): Promise<void>;
}

/** An engine on a real database, as one process would run it. Several on one URL are several processes. */
export function createTestHub(url: string, options: Omit<KhotanOptions, "adapter">): TestHub {
  const sql = postgres(url, { max: 8, onnotice: () => undefined });
  const adapter = drizzleAdapter(drizzle(sql), { url });
  const engine = createEngine({ secret: TEST_SECRET, allowPrivateNetwork: "127.0.0.0/8", ...options, adapter });
  const runtime = createRuntime(engine);
  return {
    engine,
    runtime,
    sql,
    async stop() {
      await runtime.stop();
      await sql.end({ timeout: 5 });
    },
  };
}

/** Ask again until it is true; fails with the last answer after `withinMs`. For what another process will do in its own time. */
export async function eventually<T>(
  ask: () => Promise<T>,
  done: (answer: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (done(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still not so after ${withinMs} ms: ${JSON.stringify(answer)}`);
    await new Promise((next) => setTimeout(next, 25));
  }
}
