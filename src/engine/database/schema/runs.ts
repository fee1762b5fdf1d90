import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type {
  Counters,
  Failure,
  Progress,
  RunKind,
  RunSource,
  RunStatus,
  UsedFieldMapping,
} from "../../../contract/index.ts";
import type { StepTrouble } from "../../durable/step-trouble.ts";
import { at, createdAt, id } from "./columns.ts";

/** One execution of a handler, flow or action, with all its attempts. */
export const runs = pgTable(
  "khotan_runs",
  {
    id: id(),
    kind: text("kind").$type<RunKind>().notNull(),
    name: text("name").notNull(),
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    variant: text("variant"),
    status: text("status").$type<RunStatus>().notNull(),
    source: text("source").$type<RunSource>().notNull(),
    execution: text("execution").$type<"inline" | "workflow">().notNull().default("inline"),
    actor: text("actor"),
    handlerId: uuid("handler_id"),
    flowId: uuid("flow_id"),
    deliveryId: uuid("delivery_id"),
    eventId: uuid("event_id"),
    retryOf: uuid("retry_of"),
    attempts: integer("attempts").notNull().default(0),
    maxAttempts: integer("max_attempts").notNull().default(1),
    nextAttemptAt: at("next_attempt_at"),
    createdAt: createdAt(),
    startedAt: at("started_at"),
    finishedAt: at("finished_at"),
    busyMs: integer("busy_ms").notNull().default(0),
    counters: jsonb("counters").$type<Counters>().notNull().default({}),
    progress: jsonb("progress").$type<Progress>(),
    error: jsonb("error").$type<Failure>(),
    errorFingerprint: text("error_fingerprint"),
    input: jsonb("input").$type<unknown>(),
    result: jsonb("result").$type<unknown>(),
    idempotencyKey: text("idempotency_key").notNull(),
    workflowRunId: text("workflow_run_id"),
    /** The last call of a step that failed: what it means for the attempt does not survive Workflow's own errors. */
    stepTrouble: jsonb("step_trouble").$type<StepTrouble>(),
    dryRun: boolean("dry_run").notNull().default(false),
    traceparent: text("traceparent"),
    /** The field mappings it used, each version once. */
    fieldMappings: jsonb("field_mappings").$type<UsedFieldMapping[]>(),
    /** Held by runs without a delivery (flows, actions); a delivery's run is guarded by the delivery's lease. */
    leaseToken: uuid("lease_token"),
    leaseUntil: at("lease_until"),
    processId: uuid("process_id"),
    cancelRequestedAt: at("cancel_requested_at"),
    cancelActor: text("cancel_actor"),
    /** Leases that ran out in a row, of runs without a delivery. Not attempts; ten of them end the run. */
    crashes: integer("crashes").notNull().default(0),
    /** The tick of a schedule that made it. */
    scheduleId: uuid("schedule_id"),
    scheduledFor: at("scheduled_for"),
    /** The same for runs that are alike in all that people filter by, but for status and time. */
    groupKey: bigint("group_key", { mode: "bigint" }).generatedAlwaysAs(
      sql`hashtextextended(kind || chr(31) || source || chr(31) || plug || chr(31) || tenant || chr(31) || name || chr(31) || coalesce(variant, '') || chr(31) || coalesce(handler_id::text, '') || chr(31) || coalesce(flow_id::text, ''), 0)`,
    ),
  },
  (table) => [
    unique("khotan_runs_workflow").on(table.workflowRunId),
    index("khotan_runs_status").on(table.status, table.id),
    // One index in place of one for each filter: see decision 0023.
    index("khotan_runs_group").on(table.groupKey, table.status, table.id),
    index("khotan_runs_flow").on(table.flowId, table.id).where(sql`flow_id is not null`),
    index("khotan_runs_event").on(table.eventId).where(sql`event_id is not null`),
    index("khotan_runs_delivery").on(table.deliveryId).where(sql`delivery_id is not null`),
    index("khotan_runs_retry").on(table.retryOf).where(sql`retry_of is not null`),
    index("khotan_runs_live").on(table.id).where(sql`status in ('pending','running')`),
    index("khotan_runs_leased").on(table.leaseUntil).where(sql`status = 'running' and lease_until is not null`),
    index("khotan_runs_flow_tenant").on(table.flowId, table.tenant, table.id).where(sql`flow_id is not null`),
    // What waits to be claimed: the run is its own job.
    index("khotan_runs_due").on(table.nextAttemptAt).where(sql`status = 'pending' and flow_id is not null`),
    // A tick makes one run for each tenant, however many processes see it.
    uniqueIndex("khotan_runs_tick")
      .on(table.scheduleId, table.scheduledFor, table.tenant)
      .where(sql`schedule_id is not null`),
    index("khotan_runs_finished").on(table.finishedAt),
    index("khotan_runs_created").using("brin", table.createdAt),
  ],
);
