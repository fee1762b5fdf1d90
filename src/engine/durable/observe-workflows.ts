import type { Failure } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { announceEnd } from "../deliveries/announce-end.ts";
import type { FinishedAttempt } from "../deliveries/finish-deliveries.ts";
import { describeError } from "../describe-error.ts";
import { resolveRetryPolicy } from "../handlers/retry-policy.ts";
import { every } from "../queue/every.ts";
import { MAX_CRASHES } from "../queue/take-back-leases.ts";
import { concludeAttempt, type HandlerResult } from "../runs/conclude-attempt.ts";
import { prepareObservation } from "./prepare-observation.ts";
import { repairWorld } from "./repair-world.ts";
import { reportWorkflow } from "./report-workflow.ts";
import type { StepTrouble } from "./step-trouble.ts";
import { findWatchedRuns, LOOK_LIMIT, reconcileWithWorld, type WatchedRun } from "./watch-runs.ts";
import { workflowResult } from "./workflow-result.ts";
import { type WorkflowKit, workflowKit } from "./world.ts";
import { findForgottenWorkflows, reviveWorldQueue } from "./world-queue.ts";

export interface WorkflowObserver {
  /** Look now: a Workflow run ended, or somebody wants to cancel one. */
  nudge(): void;
  stop(): Promise<void>;
}

interface Options {
  readonly finish: (attempt: FinishedAttempt) => Promise<boolean>;
  readonly kit?: WorkflowKit;
}

/** NOTIFY tells at once; this is for when it was missed. */
const LOOK_MS = 1_500;
/** Where many end, they are looked at together: a look reads all that live. */
const GAP_MS = 40;
const REVIVE_MS = 5_000;
const REPAIR_MS = 15_000;

const TIMEOUT: Failure = {
  code: "handler_timeout",
  message: "The workflow took longer than its time limit.",
  hint: "Raise `timeoutMs`, or leave it out: then a workflow has no limit.",
  fingerprint: "handler_timeout",
};

const BURIED: Failure = {
  code: "crashed_repeatedly",
  message: `The Workflow run's jobs gave up ${MAX_CRASHES} times in a row: its process dies or cannot be reached.`,
  hint: "Look at the server's log for this workflow, then retry the delivery.",
  fingerprint: "crashed_repeatedly",
};

/**
 * End the attempts whose Workflow run has ended, whatever process started them:
 * what the world has stored decides, never a promise in this process. All
 * processes that handle do this; the delivery's lease lets one of them succeed.
 */
export function observeWorkflows(engine: Engine, { finish, kit = workflowKit }: Options): WorkflowObserver {
  const { adapter, log } = engine;
  const report = (part: string) => (error: unknown) =>
    log.warn({ part, error: describeError(error) }, "a look at the workflows failed; the next one comes");
  let prepared: Promise<boolean> | null = null;
  let reconciledAt = Number.NEGATIVE_INFINITY;

  /** Whether there is a world to look at; asked again until there is. */
  async function isThere(): Promise<boolean> {
    prepared ??= prepareObservation(adapter);
    const there = await prepared.catch((error: unknown) => {
      prepared = null;
      throw error;
    });
    if (!there) prepared = null;
    return there;
  }

  async function look(): Promise<void> {
    if (!(await isThere())) return;
    // Leases last for seconds, so that this need not follow each Workflow run that ends.
    if (performance.now() - reconciledAt >= LOOK_MS) {
      await reconcileWithWorld(adapter.db);
      reconciledAt = performance.now();
    }
    for (;;) {
      const watched = await findWatchedRuns(adapter.db, null, timeouts());
      const settled = await Promise.allSettled(watched.map((run) => attend(run)));
      for (const one of settled) if (one.status === "rejected") report("workflow")(one.reason);
      if (watched.length < LOOK_LIMIT || settled.some((one) => one.status === "rejected")) return;
    }
  }

  /** The time limits that apps gave to workflows. */
  const timeouts = (): Record<string, number> =>
    Object.fromEntries(
      engine.registry
        .workflows()
        .flatMap(({ id, definition }) => (definition.timeoutMs ? [[id, definition.timeoutMs]] : [])),
    );

  async function attend(run: WatchedRun): Promise<void> {
    if (run.ended) {
      const outcome = await kit.outcome(run.workflow_run_id);
      const trouble = run.step_trouble?.workflowRunId === run.workflow_run_id ? run.step_trouble : null;
      if (outcome) await conclude(run, workflowResult(outcome, run.cancelled, trouble, engine.clock.now()), trouble);
    } else if (run.cancelled)
      await kit.cancel(run.workflow_run_id); // its end comes back as a change of the world
    else await stop(run, { kind: "threw", failure: TIMEOUT, retryAfterMs: null, permanent: false });
  }

  /** End an attempt whose Workflow run goes on. In this order: its end in the world would be taken for a cancellation. */
  async function stop(run: WatchedRun, result: HandlerResult): Promise<void> {
    await conclude(run, result, null);
    engine.publisher.publish("cancel", run.run_id); // its steps see their signal
    await kit.cancel(run.workflow_run_id);
  }

  async function conclude(run: WatchedRun, result: HandlerResult, trouble: StepTrouble | null): Promise<void> {
    const live = engine.registry.handler(run.handler_id);
    const handler = live?.definition;
    await engine.exchanges.flush(run.run_id);
    const finished = concludeAttempt(run, handler ?? { retry: resolveRetryPolicy() }, result, run.busy_ms);
    // Whoever else saw the end and was first has announced it.
    if (!(await finish(finished))) return;
    announceEnd(engine, run, finished);
    if (live) reportWorkflow(engine, run, live, result, trouble);
  }

  async function revive(): Promise<void> {
    if (!(await isThere())) return;
    for (const { runId, crashes } of await reviveWorldQueue(adapter)) {
      log.warn({ run: runId, crashes }, "a Workflow run's jobs had given up; they are tried again");
      if (crashes >= MAX_CRASHES) await bury(runId);
    }
  }

  async function bury(runId: string): Promise<void> {
    const [run] = await findWatchedRuns(adapter.db, runId);
    if (!run) return;
    await stop(run, { kind: "threw", failure: BURIED, retryAfterMs: null, permanent: true });
  }

  async function repair(): Promise<void> {
    if (!(await isThere())) return;
    for (const step of await repairWorld(adapter)) {
      log.warn(
        { step: step.stepName, workflowRun: step.workflowRunId },
        "a step ended half-way in the world; it is done again",
      );
      await kit.requeueStep(step);
    }
    for (const workflowRunId of await findForgottenWorkflows(adapter)) await kit.requeue(workflowRunId);
  }

  const looking = every(LOOK_MS, look, report("workflows"), GAP_MS);
  const loops = [looking, every(REVIVE_MS, revive, report("world queue")), every(REPAIR_MS, repair, report("world"))];
  looking.nudge();
  return {
    nudge: () => looking.nudge(),
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
