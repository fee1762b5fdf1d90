import type {
  AttemptStatus,
  ConnectionStatus,
  DeliveryStatus,
  RunStatus,
  WireStatus,
} from "../../../contract/index.ts";

export const TONES = ["pending", "running", "succeeded", "partial", "retry", "failed", "dead", "cancelled"] as const;
export type Tone = (typeof TONES)[number];

/** Drawings that can be told apart without colour. */
export const SHAPES = [
  "ring-dashed",
  "ring-open",
  "disc-tick",
  "disc-half",
  "disc-cross",
  "arrow-round",
  "octagon-cross",
  "ring-slash",
  "ring-bar",
] as const;
export type Shape = (typeof SHAPES)[number];

export interface Look {
  readonly tone: Tone;
  readonly shape: Shape;
}

const look = (tone: Tone, shape: Shape): Look => ({ tone, shape });

const PENDING = look("pending", "ring-dashed");
const RUNNING = look("running", "ring-open");
const DONE = look("succeeded", "disc-tick");
const HALF = look("partial", "disc-half");
const FAILED = look("failed", "disc-cross");
const RETRY = look("retry", "arrow-round");
const DEAD = look("dead", "octagon-cross");
const SLASHED = look("cancelled", "ring-slash");
const SKIPPED = look("cancelled", "ring-bar");

export const RUN_LOOKS: Record<RunStatus, Look> = {
  pending: PENDING,
  running: RUNNING,
  succeeded: DONE,
  partial: HALF,
  failed: FAILED,
  cancelled: SLASHED,
};

/** A delivery's `failed` will be tried again; what gave up is `dead`. */
export const DELIVERY_LOOKS: Record<DeliveryStatus, Look> = {
  pending: PENDING,
  running: RUNNING,
  succeeded: DONE,
  failed: RETRY,
  dead: DEAD,
  cancelled: SLASHED,
  skipped: SKIPPED,
};

export const WIRE_LOOKS: Record<WireStatus, Look> = {
  pending: PENDING,
  active: DONE,
  error: FAILED,
  expired: HALF,
  disabled: SLASHED,
};

export const CONNECTION_LOOKS: Record<ConnectionStatus, Look> = {
  pending: PENDING,
  active: DONE,
  error: FAILED,
  expired: HALF,
  revoked: SLASHED,
};

/** An attempt that failed is a retry as long as another one follows; see `attemptLook`. */
export const ATTEMPT_LOOKS: Record<AttemptStatus, Look> = {
  running: RUNNING,
  succeeded: DONE,
  failed: FAILED,
  crashed: look("retry", "octagon-cross"),
  cancelled: SLASHED,
};

/** Orange while somebody will try again, red when it was the last word. */
export const attemptLook = (status: AttemptStatus, followed: boolean): Look =>
  status === "failed" && followed ? RETRY : ATTEMPT_LOOKS[status];
