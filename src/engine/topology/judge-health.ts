import type { ConnectionStatus, RunStatus, TopologyHealth, Traffic, WireStatus } from "../../contract/index.ts";

/** How a node is, and the one word that says why. */
export interface Verdict {
  readonly health: TopologyHealth;
  readonly trouble: string | null;
  readonly troubleCount: number;
}

const say = (health: TopologyHealth, trouble: string | null = null, troubleCount = 0): Verdict => ({
  health,
  trouble,
  troubleCount,
});

/** From this share on what fails is more than the odd retry. */
const FAILING = 0.25;
/** So many waiting deliveries are looked at even when nothing fails. */
const PILED_UP = 1_000;

/** A catch or a pass. A person is needed for dead letters; retries on their way are only a warning. */
export function judgeHandler(handler: {
  readonly enabled: boolean;
  readonly paused: boolean;
  readonly waiting: number;
  readonly dead: number;
  readonly traffic: Traffic;
}): Verdict {
  const { enabled, paused, waiting, dead, traffic } = handler;
  if (dead > 0) return say("bad", "dead", dead);
  if (!enabled) return say("off", "off");
  if (paused) return say("warn", "paused", waiting);
  if (traffic.errorShare >= FAILING) return say("warn", "failing", Math.round(traffic.errorShare * 100));
  if (traffic.backlog >= PILED_UP) return say("warn", "backlog", traffic.backlog);
  return waiting > 0 ? say("warn", "waiting", waiting) : say("ok");
}

export function judgePlug(plug: {
  readonly enabled: boolean;
  readonly connection: ConnectionStatus;
  readonly missing: number;
  readonly wire: WireStatus | null;
}): Verdict {
  const { enabled, connection, missing, wire } = plug;
  if (!enabled) return say("off", "off");
  if (connection === "error" || connection === "expired" || connection === "revoked")
    return say("bad", `connection_${connection}`);
  if (wire === "error") return say("bad", "wire_error");
  if (wire === "expired") return say("warn", "wire_expired");
  return missing > 0 ? say("warn", "connection_pending", missing) : say("ok");
}

export function judgeFlow(flow: {
  readonly enabled: boolean;
  readonly running: number;
  readonly lastStatus: RunStatus | null;
}): Verdict {
  const { enabled, running, lastStatus } = flow;
  if (!enabled) return say("off", "paused");
  if (running > 0) return say("running");
  if (lastStatus === "failed") return say("bad", "failed_run");
  return lastStatus === "partial" ? say("warn", "failed_run") : say("ok");
}

/** A plug that is written to: its breaker speaks first, then how many calls fail. */
export function judgeDestination(breaker: "closed" | "open" | "half_open", traffic: Traffic): Verdict {
  if (breaker === "open") return say("bad", "breaker_open");
  if (breaker === "half_open") return say("warn", "breaker_half_open");
  return traffic.errorShare >= FAILING ? say("warn", "failing", Math.round(traffic.errorShare * 100)) : say("ok");
}
