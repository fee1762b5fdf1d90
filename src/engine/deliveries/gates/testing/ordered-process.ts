import { z } from "zod";
import { catchEvent, RetryLaterError } from "../../../index.ts";
import { startGateHub } from "./gate-hub.ts";

/** A process that handles ordered events until it is killed: `node --import tsx ordered-process.ts <database>`. */
const [, , url = ""] = process.argv;

await startGateHub(url, {
  role: "worker",
  catches: [
    catchEvent({
      name: "in-order",
      schema: z.object({ key: z.string(), n: z.number() }),
      orderBy: (event) => event.key,
      retry: { attempts: 50, delaysMs: [20] },
      async run(ctx) {
        const { key, n } = ctx.event;
        if (n % 7 === 3 && ctx.attempt === 1) throw new RetryLaterError("not yet", { afterMs: 30 });
        await ctx.transaction((tx) => tx.execute(`insert into effects (key, n) values ('${key}', ${n})`));
      },
    }),
  ],
});
process.send?.("ready");
