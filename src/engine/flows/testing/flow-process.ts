import { sql } from "drizzle-orm";
import { z } from "zod";
import { inflow } from "../../index.ts";
import { createFlowHub } from "./flow-hub.ts";

/**
 * A process of its own that fires and runs flows, its clock set over IPC; see `fork-flow-process.ts`.
 *
 * `hourly` writes one row a tick. `pages` writes ten pages one by one, and stands still after page 3 while the table
 * `hold` has a row; `poison` ends the process.
 */
const url = process.argv[2] ?? "";
let now = Number(process.argv[3] ?? "0");

const hourly = inflow({
  name: "hourly",
  schedule: "0 * * * *",
  overlap: "queue",
  run: async (ctx) => {
    const tick = ctx.scheduledFor?.toISOString() ?? "none";
    // A process may die after the commit and before the run's end; then the run comes again, and its cursor tells.
    if ((await ctx.cursor.get()) === tick) return;
    await ctx.transaction(async (tx) => {
      await tx.execute(sql`insert into effects (what, pid) values (${tick}, ${process.pid})`);
      await ctx.cursor.set(tick);
    });
  },
});

const pages = inflow({
  name: "pages",
  run: async (ctx) => {
    for (let page = (await ctx.cursor.get(z.number())) ?? 0; page < 10; page++) {
      await ctx.transaction(async (tx) => {
        await tx.execute(sql`insert into effects (what, pid) values (${`page ${page}`}, ${process.pid})`);
        ctx.count("created");
        await ctx.cursor.set(page + 1);
        if (page === 3 && ctx.body === "hold") {
          // Written, not committed: this is where it is killed.
          process.send?.({ kind: "standing" });
          await ctx.sleep(600_000);
        }
      });
    }
  },
});

const poison = inflow({
  name: "poison",
  run: async () => {
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => undefined);
  },
});

const hub = createFlowHub(url, [hourly, pages, poison], { clock: { now: () => now } });
process.on("message", (raw) => {
  now = z.object({ now: z.number() }).parse(raw).now;
  hub.runtime.flows.nudge();
});
process.on("disconnect", () => process.exit(0));
await hub.runtime.start();
process.send?.({ kind: "ready" });
