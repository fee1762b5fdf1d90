import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Cast } from "./cast.ts";
import { CREATE_TABLES } from "./chaos-plugs.ts";
import { forkChaosProcess } from "./fork-chaos-process.ts";
import { expectAccepted, findLeftovers } from "./invariants.ts";
import { asBody, asJson, githubEvent, type Sent, sendEvent } from "./load.ts";
import type { Random } from "./random.ts";
import { SCENARIOS } from "./scenarios.ts";
import { type Stage, WEBHOOK_SECRET } from "./stage.ts";

/** What each writes for one delivery. */
const EFFECTS = {
  write: ["write"],
  order: ["order"],
  forward: ["forward"],
  durable: ["durable: first", "durable: second"],
  unwanted: [],
  unparsable: [],
} as const satisfies Record<string, readonly string[]>;
type EventType = keyof typeof EFFECTS;

const eventOf = (type: EventType, body: Buffer) => githubEvent("source", type, body, EFFECTS[type].length > 0 ? 1 : 0);

const WRITES = 16;
const FORWARDS = 8;
const KEYS = 3;
const EACH = 5;
const DURABLES = 2;

/** Processes of the engine with handlers of the driver's, in which every step can be cut short. */
export const engineCast: Cast = {
  start: forkChaosProcess,
  credentials: {},
  scenarios: SCENARIOS,
  githubEvent: eventOf,
  replays: ({ type }) => type === "write" || type === "order" || type === "forward",

  async prepare({ sql, insist }) {
    await sql.unsafe(CREATE_TABLES);
    await insist("/api/khotan/wires/source", asJson({ vars: { webhookSecret: WEBHOOK_SECRET } }));
  },

  /** By several senders at once; those of an order wait for each answer. */
  async load(stage, sent, random) {
    const singles = random.shuffle<EventType>([
      ...Array.from({ length: WRITES }, () => "write" as const),
      ...Array.from({ length: FORWARDS }, () => "forward" as const),
      ...Array.from({ length: DURABLES }, () => "durable" as const),
      "unwanted",
    ]);
    const sender = async () => {
      for (let type = singles.pop(); type; type = singles.pop())
        await sendEvent(stage, sent, eventOf(type, asBody({ padding: "x".repeat(200) })));
    };
    const inOrder = async () => {
      const key = randomUUID();
      for (let n = 0; n < EACH; n++) await sendEvent(stage, sent, eventOf("order", asBody({ key, n })));
    };
    await Promise.all([
      ...Array.from({ length: 4 }, sender),
      ...Array.from({ length: KEYS }, inOrder),
      startFlow(stage, sent, random),
    ]);
  },

  async findViolations(stage, sent) {
    const { sql, destination } = stage;
    const wrong: string[] = [];
    const expect = (isSo: boolean, what: string) => {
      if (!isSo) wrong.push(what);
    };
    const deliveries = await expectAccepted(stage, sent, expect);
    const runs = deliveries.map((row) => row.run);
    const effects = await sql`
      select run::text, handler, key, n, seq from chaos_effects where run = any(${runs}) order by seq`;
    const written = new Map<string, number>();
    for (const { run, handler } of effects)
      written.set(`${run} ${handler}`, (written.get(`${run} ${handler}`) ?? 0) + 1);
    for (const { run, type, id } of deliveries) {
      for (const effect of EFFECTS[type as EventType]) {
        const times = written.get(`${run} ${effect}`) ?? 0;
        expect(times === 1, `the effect "${effect}" of delivery ${id} was written ${times} times`);
      }
      if (type !== "forward") continue;
      const sentKeys = [...(destination.keys.get(run) ?? [])];
      expect(sentKeys.length === 1, `delivery ${id} called with ${sentKeys.length} idempotency keys: ${sentKeys}`);
    }
    const forwards = deliveries.filter((row) => row.type === "forward");
    const distinct = new Set(forwards.flatMap((row) => [...(destination.keys.get(row.run) ?? [])]));
    expect(distinct.size === forwards.length, `${forwards.length} deliveries called with ${distinct.size} keys in all`);

    const first = new Set(deliveries.filter((row) => row.replayNo === 0).map((row) => row.run));
    const orders = new Map<string, number[]>();
    for (const { run, key, n } of effects) {
      if (key === null || !first.has(run)) continue;
      orders.set(key, [...(orders.get(key) ?? []), n]);
    }
    for (const [key, order] of orders)
      expect(
        order.every((n, at) => n === at),
        `the order of ${key} was ${order.join(" ")}`,
      );

    for (const [token, pages] of sent.flows) {
      const done = (await sql`select page from chaos_pages where token = ${token} order by seq`).map((row) => row.page);
      expect(
        done.length === pages && done.every((page, at) => page === at),
        `a flow wrote the pages ${done.join(" ")} of ${pages}`,
      );
    }
    const twice = await sql`select tick from chaos_ticks group by tick having count(*) > 1`;
    expect(twice.length === 0, `${twice.length} ticks ran twice`);
    return [...wrong, ...(await findLeftovers(stage))];
  },
};

const flowsSchema = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

async function startFlow(stage: Stage, sent: Sent, random: Random): Promise<void> {
  const { items } = flowsSchema.parse(await (await stage.insist("/api/khotan/flows", () => ({}))).json());
  const flow = items.find((one) => one.name === "pages");
  const token = randomUUID();
  const pages = random.between(3, 8);
  sent.flows.set(token, pages);
  await stage.insist(`/api/khotan/flows/${flow?.id}/runs`, asJson({ body: { token, pages } }));
}
