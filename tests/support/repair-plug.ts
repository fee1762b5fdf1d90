import { z } from "zod";
import { catchEvent, none, plug, wire } from "../../src/engine/index.ts";

const page = z.object({ events: z.array(z.object({ id: z.string() })), next: z.number().nullable() });

/** A plug whose provider lists what was missed at `{url}/events?page=n`. */
export const repairPlug = (url: string) => ({
  plug: plug({ name: "shop", baseUrl: url, auth: none() }),
  wires: [
    wire({
      onVerify: () => true,
      async *listMissed(ctx) {
        for (let next: number | null = 1; next !== null; ) {
          const answer: z.output<typeof page> = page.parse(await ctx.plug.get("/events", { query: { page: next } }));
          for (const event of answer.events) yield { body: { type: "order.paid", ...event } };
          next = answer.next;
        }
      },
    }),
  ],
  catches: [catchEvent({ name: "note", run: async () => undefined })],
});
