/** Every status the product knows. Types, database checks, filters and badges derive from these arrays. */
export const RUN_STATUSES = ["pending", "running", "succeeded", "partial", "failed", "cancelled"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** `failed` means "will be tried again at `nextAttemptAt`"; `dead` means "gave up, waits for a person". */
export const DELIVERY_STATUSES = ["pending", "running", "succeeded", "failed", "dead", "cancelled", "skipped"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const WIRE_STATUSES = ["pending", "active", "error", "expired", "disabled"] as const;
export type WireStatus = (typeof WIRE_STATUSES)[number];

export const CONNECTION_STATUSES = ["pending", "active", "error", "expired", "revoked"] as const;
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

/** One try of a run. `crashed` is a try whose process died; it does not count against the attempts allowed. */
export const ATTEMPT_STATUSES = ["running", "succeeded", "failed", "crashed", "cancelled"] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

export const RUN_KINDS = ["catch", "pass", "inflow", "outflow", "relay", "action"] as const;
export type RunKind = (typeof RUN_KINDS)[number];

export const HANDLER_KINDS = ["catch", "pass"] as const;
export type HandlerKind = (typeof HANDLER_KINDS)[number];

export const FLOW_KINDS = ["inflow", "outflow", "relay"] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

/** What happens when a run of a flow is due while one of the same variant and tenant has not ended. */
export const OVERLAPS = ["skip", "queue", "cancel_previous"] as const;
export type Overlap = (typeof OVERLAPS)[number];

/** What set a run going. */
export const RUN_SOURCES = ["webhook", "scheduled", "manual", "replay", "api"] as const;
export type RunSource = (typeof RUN_SOURCES)[number];

/** Where an event came from. */
export const EVENT_ORIGINS = ["webhook", "emitted", "sync", "edited", "repair", "test"] as const;
export type EventOrigin = (typeof EVENT_ORIGINS)[number];

export const WIRE_MODES = ["managed", "manual"] as const;
export type WireMode = (typeof WIRE_MODES)[number];

/** A gap in what a wire received. `failed` means "gave up, waits for a person". */
export const GAP_STATUSES = ["pending", "running", "closed", "failed"] as const;
export type GapStatus = (typeof GAP_STATUSES)[number];

export const GAP_REASONS = ["downtime", "manual"] as const;
export type GapReason = (typeof GAP_REASONS)[number];

/** What figures are kept of: `wire` is what came in for a plug, `exchange` what it called. */
export const ROLLUP_SUBJECTS = ["handler", "flow", "plug", "wire", "exchange"] as const;
export type RollupSubject = (typeof ROLLUP_SUBJECTS)[number];

/**
 * Why a delivery waits without a next time: its plug (or its destination) is off, its handler is paused, an earlier event
 * of its key has not ended, its handler is busy, its handler's rate is used up, or its destination's breaker is open.
 */
export const HOLD_REASONS = ["plug_disabled", "handler_paused", "order", "handler_limit", "rate", "breaker"] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** `half_open`: one delivery tries, to see whether the destination is back. */
export const BREAKER_STATES = ["closed", "open", "half_open"] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** What a job does to many rows. */
export const JOB_KINDS = ["events.replay", "deliveries.retry", "runs.retry", "runs.cancel", "secrets.reseal"] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export const JOB_STATUSES = ["running", "succeeded", "cancelled", "failed"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** Who is right when both sides of a two-way sync changed a field. */
export const CONFLICT_POLICIES = ["source_wins", "platform_wins", "newest_wins"] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

export const CONFLICT_SIDES = ["source", "platform", "merged"] as const;
export type ConflictSide = (typeof CONFLICT_SIDES)[number];

/** `resolving`: a person chose, and the flow's next run writes it. */
export const CONFLICT_STATUSES = ["decided", "resolving", "resolved"] as const;
export type ConflictStatus = (typeof CONFLICT_STATUSES)[number];

/** A change of a source's records: `noted` ones stop nothing. */
export const DRIFT_STATUSES = ["open", "accepted", "noted"] as const;
export type DriftStatus = (typeof DRIFT_STATUSES)[number];

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const FINAL_RUNS: readonly RunStatus[] = ["succeeded", "partial", "failed", "cancelled"];
const FINAL_DELIVERIES: readonly DeliveryStatus[] = ["succeeded", "dead", "cancelled", "skipped"];

/** A run in one of these will not change again. */
export const FINAL_RUN_STATUSES = FINAL_RUNS;
export const FINAL_DELIVERY_STATUSES = FINAL_DELIVERIES;
export const isFinalRun = (status: RunStatus): boolean => FINAL_RUNS.includes(status);
export const isFinalDelivery = (status: DeliveryStatus): boolean => FINAL_DELIVERIES.includes(status);
