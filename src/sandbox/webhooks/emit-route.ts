import { Hono } from "hono";
import { z } from "zod";
import { jsonBody, parsed } from "../http/api-problem.ts";
import type { SandboxEnv } from "../http/sandbox-env.ts";
import type { SeededRandom } from "../seeded-random.ts";
import { EVENT_TYPES } from "./event-types.ts";
import { makeHappen, type Resources } from "./make-happen.ts";
import type { StoreEvent } from "./store-event.ts";

const emitBody = z.strictObject({
  type: z.enum(EVENT_TYPES).default("order.created"),
  count: z.int().min(1).max(1_000).default(1),
});

/** `POST /emit { type?, count? }` → 202 with the events that came of it and how many deliveries were opened. */
export function emitRoute(
  resources: Resources,
  random: SeededRandom,
  /** Runs `act` and returns what was published meanwhile. */
  during: (act: () => void) => { events: StoreEvent[]; deliveries: number },
): Hono<SandboxEnv> {
  return new Hono<SandboxEnv>().post("/", (c) => {
    const { type, count } = parsed(emitBody, jsonBody(c, { emptyOk: true }));
    const { events, deliveries } = during(() => {
      for (let done = 0; done < count; done++) makeHappen(type, resources, random);
    });
    const emitted = events.map((event) => ({ id: event.id, type: event.type, subject: event.data.id }));
    return c.json({ emitted, deliveries }, 202);
  });
}
