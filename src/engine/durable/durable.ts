import type { Engine } from "../context.ts";
import type { FinishedAttempt } from "../deliveries/finish-deliveries.ts";
import { describeError } from "../describe-error.ts";
import { observeFlowWorkflows } from "../flows/workflow/observe-flow-workflows.ts";
import { every, type Loop } from "../queue/every.ts";
import { findStoppedRuns } from "./find-stopped-runs.ts";
import { observeWorkflows, type WorkflowObserver } from "./observe-workflows.ts";
import { createStepsHost, type StepTools } from "./open-step.ts";
import { createStepSignals } from "./step-signals.ts";
import { hasStepsHost, offerSteps } from "./steps-host.ts";

/** What a hub does for workflow handlers besides starting them. */
export interface Durable {
  /** Open steps in this process, unless another hub does. */
  ready(): void;
  /** Open steps in this process, and end attempts whose Workflow run has ended. */
  start(): void;
  /** Look at the workflows now. */
  nudge(): void;
  /** A run is to be cancelled: its steps here see their signal, and whoever observes it first cancels its Workflow run. */
  cancel(runId: string): void;
  stop(): Promise<void>;
}

type Tools = Omit<StepTools, "signals"> & { readonly finish: (attempt: FinishedAttempt) => Promise<boolean> };

/** NOTIFY tells steps at once that their run is to stop; this is for when it was missed. */
const HEAR_MS = 4_000;

/** Compose the parts; nothing is decided here. */
export function createDurable(engine: Engine, tools: Tools): Durable {
  const signals = createStepSignals();
  const host = createStepsHost(engine, { ...tools, signals });
  let observers: WorkflowObserver[] = [];
  let hearing: Loop | null = null;
  const nudge = () => {
    for (const observer of observers) observer.nudge();
  };
  const hear = async () => {
    for (const runId of await findStoppedRuns(engine.adapter.db, signals.runs())) signals.cancel(runId);
  };
  let retire: () => void = () => undefined;
  return {
    ready() {
      if (!hasStepsHost()) retire = offerSteps(host);
    },
    start() {
      retire = offerSteps(host);
      observers = [observeWorkflows(engine, { finish: tools.finish }), observeFlowWorkflows(engine)];
      hearing = every(HEAR_MS, hear, (error) =>
        engine.log.warn({ error: describeError(error) }, "which steps are to stop is not known; it is asked again"),
      );
    },
    nudge,
    cancel(runId) {
      signals.cancel(runId);
      nudge();
    },
    async stop() {
      await Promise.all([hearing?.stop(), ...observers.map((observer) => observer.stop())]);
      observers = [];
      hearing = null;
      retire();
    },
  };
}
