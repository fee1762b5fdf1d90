import type { Engine } from "../context.ts";
import { watchDestination } from "../deliveries/gates/watch-destination.ts";
import type { LiveHandler } from "../registry/registry.ts";
import type { HandlerResult } from "../runs/conclude-attempt.ts";
import type { StepTrouble } from "./step-trouble.ts";
import type { WatchedRun } from "./watch-runs.ts";
import { endedBy } from "./workflow-result.ts";

/** Tell the destination's breaker what a pass that is a workflow has shown of it; a 410 that ended it disables the pass. */
export function reportWorkflow(
  engine: Engine,
  run: Pick<WatchedRun, "tenant" | "lease_token">,
  handler: LiveHandler,
  result: HandlerResult,
  trouble: StepTrouble | null,
): void {
  const watched = watchDestination(engine, run, handler);
  if (result.kind === "returned") watched.returned(result.value);
  else if (result.kind === "threw" && trouble && endedBy(result.failure, trouble)) watched.met(trouble);
  watched.report();
}
