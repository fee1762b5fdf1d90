import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgSequence, pgTable, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import type { DeliveryStatus, EventOrigin, Failure, HoldReason } from "../../../contract/index.ts";
import { at, createdAt, id } from "./columns.ts";

/** Numbers deliveries of ordered handlers. Taken under their key's lock, so that its order is the order of commits. */
export const deliveryOrder = pgSequence("khotan_delivery_order");

/** One event for one handler. `lease_token` is compared and swapped: whoever holds it may finish the delivery. */
export const deliveries = pgTable(
  "khotan_deliveries",
  {
    id: id(),
    eventId: uuid("event_id").notNull(),
    handlerId: uuid("handler_id").notNull(),
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    status: text("status").$type<DeliveryStatus>().notNull().default("pending"),
    attempts: integer("attempts").notNull().default(0),
    maxAttempts: integer("max_attempts").notNull(),
    /** Leases that ran out in a row. Not attempts; ten of them bury the delivery. */
    crashes: integer("crashes").notNull().default(0),
    replayNo: integer("replay_no").notNull().default(0),
    replayOf: uuid("replay_of"),
    /** When another delivery took its place: a dead letter that was delivered anew needs nobody any more. */
    replayedAt: at("replayed_at"),
    held: text("held").$type<HoldReason>(),
    /** Which breaker (`plug/tenant`) it waits for, while `held` is `breaker`. */
    heldFor: text("held_for"),
    nextAttemptAt: at("next_attempt_at"),
    leaseToken: uuid("lease_token"),
    leaseUntil: at("lease_until"),
    processId: uuid("process_id"),
    /** The run of the present round; a retry of a finished delivery is a new delivery with a new run. */
    runId: uuid("run_id"),
    source: text("source").$type<"webhook" | "replay" | "api">().notNull().default("webhook"),
    actor: text("actor"),
    lastError: jsonb("last_error").$type<Failure>(),
    errorFingerprint: text("error_fingerprint"),
    orderKey: text("order_key"),
    /** Its place among the deliveries of its handler, tenant and key; `null` when it need not wait for any. */
    orderNo: bigint("order_no", { mode: "number" }),
    priority: smallint("priority").notNull().default(0),
    origin: text("origin").$type<EventOrigin>().notNull().default("webhook"),
    causationId: uuid("causation_id"),
    traceparent: text("traceparent"),
    createdAt: createdAt(),
    startedAt: at("started_at"),
    finishedAt: at("finished_at"),
  },
  (table) => [
    unique("khotan_deliveries_identity").on(table.eventId, table.handlerId, table.replayNo),
    index("khotan_deliveries_handler").on(table.handlerId, table.id),
    index("khotan_deliveries_plug").on(table.plug, table.id),
    index("khotan_deliveries_tenant").on(table.tenant, table.id),
    index("khotan_deliveries_dead").on(table.handlerId, table.id).where(sql`status = 'dead'`),
    index("khotan_deliveries_dead_letters")
      .on(sql`coalesce(error_fingerprint, '')`, table.handlerId, table.finishedAt, table.id, table.tenant)
      .where(sql`status = 'dead' and replayed_at is null`),
    index("khotan_deliveries_failed").on(table.id).where(sql`status in ('failed','dead')`),
    index("khotan_deliveries_set_aside").on(table.id).where(sql`status in ('cancelled','skipped')`),
    index("khotan_deliveries_leased").on(table.leaseUntil).where(sql`status = 'running'`),
    index("khotan_deliveries_due").on(table.nextAttemptAt).where(sql`status in ('pending','failed')`),
    index("khotan_deliveries_waiting")
      .on(table.handlerId, table.held, table.priority, table.id)
      .where(sql`held is not null`),
    index("khotan_deliveries_broken").on(table.heldFor, table.priority, table.id).where(sql`held = 'breaker'`),
    index("khotan_deliveries_order")
      .on(table.handlerId, table.tenant, table.orderKey, table.orderNo)
      .where(sql`order_no is not null and status in ('pending','running','failed')`),
    index("khotan_deliveries_queued")
      .on(table.handlerId, table.tenant, table.orderKey, table.orderNo)
      .where(sql`held = 'order'`),
  ],
);
