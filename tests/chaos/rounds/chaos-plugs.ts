import { sql } from "drizzle-orm";
import { z } from "zod";
import { decodeId } from "../../../src/contract/index.ts";
import type { Transaction } from "../../../src/engine/database/adapter.ts";
import {
  catchEvent,
  githubSignature,
  inflow,
  none,
  pass,
  plug,
  RetryLaterError,
  type WorkflowContext,
  wire,
} from "../../../src/engine/index.ts";

/** What stands in the driver's tables after it. */
export const CREATE_TABLES = `
  create table chaos_effects (seq bigint generated always as identity, run uuid not null, event uuid, handler text not null, key text, n integer);
  create table chaos_pages (seq bigint generated always as identity, token text not null, page integer not null);
  create table chaos_ticks (seq bigint generated always as identity, tick timestamptz not null);
`;

/** Places in the work of handlers where a process may be told to die. */
export const POINTS = [
  "catch: begun",
  "catch: written, not committed",
  "pass: sent, not noted",
  "order: written, not committed",
  "workflow: begun",
  "workflow: written, not committed",
  "workflow: between its steps",
  "flow: page written, cursor not set",
  "flow: page and cursor set, not committed",
  "flow: page committed",
] as const;
export type Point = (typeof POINTS)[number];

const orderBody = z.looseObject({ key: z.string(), n: z.number() });
export const flowBody = z.object({ token: z.string(), pages: z.number() });
const RETRY = { attempts: 50, delaysMs: [20, 50, 100, 500] };

/** Workflows are given the bare id. */
const uuidOf = (kind: "run" | "event", id: string): string => decodeId(kind, id) ?? id;

/** One row for each delivery, if all is well. */
export const writeEffect = (
  tx: Transaction,
  ctx: { readonly runId: string; readonly eventId: string },
  handler: string,
  order?: { readonly key: string; readonly n: number },
) =>
  tx.execute(sql`
    insert into chaos_effects (run, event, handler, key, n)
    values (${uuidOf("run", ctx.runId)}::text::uuid, ${uuidOf("event", ctx.eventId)}::text::uuid, ${handler},
      ${order?.key ?? null}::text, ${order?.n ?? null}::text::integer)
  `);

/** What each process of the driver registers: what is written must be written once, whatever happens around it. */
export function chaosPlugs(
  destinationUrl: string,
  durable: (ctx: WorkflowContext) => Promise<unknown>,
  at: (point: Point) => void,
) {
  const destination = plug({ name: "destination", baseUrl: destinationUrl, auth: none(), retry: { attempts: 1 } });
  return [
    {
      plug: plug({ name: "source", baseUrl: "https://source.example", auth: none() }),
      wires: [wire({ verify: githubSignature() })],
      catches: [
        catchEvent({
          name: "write",
          events: ["write"],
          retry: RETRY,
          async run(ctx) {
            at("catch: begun");
            await ctx.transaction(async (tx) => {
              await writeEffect(tx, ctx, "write");
              at("catch: written, not committed");
            });
          },
        }),
        catchEvent({
          name: "order",
          events: ["order"],
          schema: orderBody,
          orderBy: (event) => event.key,
          retry: RETRY,
          async run(ctx) {
            if (ctx.event.n % 5 === 3 && ctx.attempt === 1) throw new RetryLaterError("not yet", { afterMs: 30 });
            await ctx.transaction(async (tx) => {
              await writeEffect(tx, ctx, "order", ctx.event);
              at("order: written, not committed");
            });
          },
        }),
        catchEvent({
          name: "durable",
          events: ["durable"],
          retry: { attempts: 10, delaysMs: [50] },
          workflow: durable,
        }),
      ],
      passes: [
        pass({
          name: "forward",
          events: ["forward"],
          to: "destination",
          retry: RETRY,
          async run(ctx) {
            await ctx.destPlug.post("/", {
              body: { run: uuidOf("run", ctx.runId) },
              idempotencyKey: ctx.idempotencyKey,
            });
            at("pass: sent, not noted");
            await ctx.transaction((tx) => writeEffect(tx, ctx, "forward"));
          },
        }),
      ],
      flows: [
        inflow({
          name: "pages",
          overlap: "queue",
          body: flowBody,
          retry: RETRY,
          async run(ctx) {
            const { token, pages } = ctx.body;
            const cursor = ctx.cursor.named(token);
            for (let page = (await cursor.get(z.number())) ?? 0; page < pages; page++) {
              await ctx.transaction(async (tx) => {
                await tx.execute(
                  sql`insert into chaos_pages (token, page) values (${token}::text, ${page}::text::integer)`,
                );
                at("flow: page written, cursor not set");
                await cursor.set(page + 1);
                ctx.count("created");
                at("flow: page and cursor set, not committed");
              });
              at("flow: page committed");
            }
          },
        }),
        inflow({
          name: "ticks",
          schedule: "* * * * *",
          overlap: "queue",
          retry: RETRY,
          async run(ctx) {
            const tick = ctx.scheduledFor?.toISOString() ?? "";
            const cursor = ctx.cursor.named(tick);
            if ((await cursor.get()) !== null) return;
            await ctx.transaction(async (tx) => {
              await tx.execute(sql`insert into chaos_ticks (tick) values (${tick}::text::timestamptz)`);
              await cursor.set(true);
            });
          },
        }),
      ],
    },
    { plug: destination },
  ];
}
