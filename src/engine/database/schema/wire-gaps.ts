import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { Failure, GapReason, GapStatus } from "../../../contract/index.ts";
import { at, createdAt, id } from "./columns.ts";

/** A time in which a wire may have missed events, and what came of asking the provider for them. */
export const wireGaps = pgTable(
  "khotan_wire_gaps",
  {
    id: id(),
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    status: text("status").$type<GapStatus>().notNull().default("pending"),
    reason: text("reason").$type<GapReason>().notNull(),
    since: at("since").notNull(),
    /** What happens after this time the provider delivers itself. */
    until: at("until").notNull(),
    found: integer("found").notNull().default(0),
    ingested: integer("ingested").notNull().default(0),
    duplicates: integer("duplicates").notNull().default(0),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: at("next_attempt_at"),
    error: jsonb("error").$type<Failure>(),
    actor: text("actor"),
    /** Who repairs it now, and until when; taken over when that time has passed. */
    leaseToken: uuid("lease_token"),
    leaseUntil: at("lease_until"),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
  },
  (table) => [
    // A restart of many processes is one gap.
    unique("khotan_wire_gaps_since").on(table.plug, table.tenant, table.reason, table.since),
    index("khotan_wire_gaps_wire").on(table.plug, table.tenant, table.id),
    index("khotan_wire_gaps_open").on(table.nextAttemptAt).where(sql`status in ('pending','running')`),
  ],
);
