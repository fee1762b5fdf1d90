import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { DELIVERY_STATUSES, RUN_STATUSES } from "../../src/contract/index.ts";

export interface Filled {
  readonly events: readonly FilledEvent[];
  readonly deliveries: readonly FilledDelivery[];
  readonly runs: readonly FilledRun[];
  readonly rejections: readonly FilledRow[];
  readonly audit: readonly FilledRow[];
}
export interface FilledRow {
  readonly id: string;
  readonly plug: string;
  readonly tenant: string;
}
export interface FilledEvent extends FilledRow {
  readonly type: string;
  readonly dedupe_key: string;
  readonly received_at: Date;
}
export interface FilledDelivery extends FilledRow {
  readonly event_id: string;
  readonly handler_id: string;
  readonly status: string;
}
export interface FilledRun extends FilledRow {
  readonly delivery_id: string;
  readonly event_id: string;
  readonly handler_id: string;
  readonly status: string;
  readonly source: string;
  readonly created_at: Date;
  readonly error: { code: string; message: string; stack: string } | null;
}

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const PLUGS = ["shop", "desk"] as const;
const TENANTS = ["default", "acme", "globex"] as const;
const TYPES = ["order.created", "order.paid", "order", "ticket.opened", "order_x"] as const;

const pick = <T>(list: readonly [T, ...T[]], at: number): T => list[at % list.length] ?? list[0];

/** An id of that time; `newUuid` never goes back behind one it made before. */
const idAt = (time: Date): string => {
  const hex = `${time.getTime().toString(16).padStart(12, "0")}7${randomBytes(10).toString("hex").slice(1)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), `8${hex.slice(17, 20)}`, hex.slice(20)].join("-");
};

/**
 * Rows in every listed table, one minute apart, of two plugs and three tenants,
 * so that a list can be compared with what it should hold.
 *
 * @param handlerIds by plug, as they were registered.
 */
export async function fillTables(
  url: string,
  count: number,
  handlerIds: Readonly<Record<string, string>>,
): Promise<Filled> {
  // A connection of its own: Drizzle changes how the one it was given writes times and JSON.
  const sql = postgres(url, { max: 1 });
  const rows = Array.from({ length: count }, (_, at) => {
    const time = new Date(START + at * MINUTE);
    const base = { plug: pick(PLUGS, at), tenant: pick(TENANTS, Math.floor(at / 2)) };
    const event = {
      id: idAt(time),
      ...base,
      type: pick(TYPES, at),
      dedupe_key: `key-${at}%`,
      received_at: time,
    };
    const handler_id = handlerIds[base.plug] ?? "";
    const delivery = {
      id: idAt(time),
      ...base,
      event_id: event.id,
      handler_id,
      status: pick(DELIVERY_STATUSES, at),
    };
    const status = pick(RUN_STATUSES, at);
    const error =
      status === "failed"
        ? { code: `code_${at}`, message: `It broke at ${at}%`, stack: "Error\n    at secret-file.ts" }
        : null;
    const run = {
      id: idAt(time),
      ...base,
      kind: "catch",
      name: "note",
      status,
      source: at % 3 === 0 ? "replay" : "webhook",
      handler_id,
      delivery_id: delivery.id,
      event_id: event.id,
      created_at: time,
      error,
      idempotency_key: delivery.id,
    };
    const rejection = {
      id: idAt(time),
      ...base,
      received_at: time,
      minute: time,
      reason: "signature_mismatch",
      message: "m",
      scheme: "s",
      size: 1,
    };
    const audit = { id: idAt(time), ...base, at: time, actor: "Ada", action: "variables.set" };
    return { event, delivery, run, rejection, audit };
  });
  const verification = sql.json({ ok: true, scheme: "none" });
  await sql`insert into khotan_events ${sql(rows.map(({ event }) => ({ ...event, size: 2, body: Buffer.from("{}"), verification })))}`;
  await sql`insert into khotan_deliveries ${sql(
    rows.map(({ delivery, run }) => ({
      ...delivery,
      max_attempts: 10,
      last_error: run.error && sql.json(run.error),
      created_at: run.created_at,
    })),
  )}`;
  await sql`insert into khotan_runs ${sql(rows.map(({ run }) => ({ ...run, error: run.error && sql.json(run.error) })))}`;
  await sql`insert into khotan_rejections ${sql(rows.map(({ rejection }) => rejection))}`;
  await sql`insert into khotan_audit ${sql(rows.map(({ audit }) => audit))}`;
  await sql.end();
  return {
    events: rows.map(({ event }) => event),
    deliveries: rows.map(({ delivery }) => delivery),
    runs: rows.map(({ run }) => run),
    rejections: rows.map(({ rejection }) => rejection),
    audit: rows.map(({ audit }) => audit),
  };
}
