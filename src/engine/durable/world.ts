import type { getWorld } from "workflow/runtime";
import type { UndoneStep } from "./repair-world.ts";

export type World = ReturnType<typeof getWorld>;

/** How a Workflow run ended, as its world tells it. */
export type WorkflowOutcome =
  | { readonly status: "completed"; readonly value: unknown }
  | {
      readonly status: "failed";
      readonly error: { readonly message: string; readonly stack?: string; readonly code?: string };
    }
  | { readonly status: "cancelled" };

/** What we ask of the Workflow DevKit. It takes half a second to load, so it is loaded when it is first needed. */
export interface WorkflowKit {
  /**
   * Start a run. `record` is told the run's id before anything exists in the
   * world and may refuse by throwing.
   */
  start<Ctx>(
    workflow: (ctx: Ctx) => Promise<unknown>,
    ctx: Ctx,
    record: (workflowRunId: string) => Promise<void>,
  ): Promise<void>;
  /** `null` when it has not ended. */
  outcome(workflowRunId: string): Promise<WorkflowOutcome | null>;
  /** Does nothing when it has ended already. */
  cancel(workflowRunId: string): Promise<void>;
  /** Put a run into the world's queue again; replaying is harmless. */
  requeue(workflowRunId: string): Promise<void>;
  /** Put a step into the world's queue again, also one that this process has seen to its end. */
  requeueStep(step: UndoneStep): Promise<void>;
}

/** The kit of this process's world, which `WORKFLOW_TARGET_WORLD` names. */
export const workflowKit: WorkflowKit = {
  async start(workflow, ctx, record) {
    const [{ start }, { getWorld }] = await Promise.all([import("workflow/api"), import("workflow/runtime")]);
    await start(workflow, [ctx], { world: recordingWorld(getWorld(), record) });
  },
  async outcome(workflowRunId) {
    const [{ getRun }, { getWorld }] = await Promise.all([import("workflow/api"), import("workflow/runtime")]);
    const run = await getWorld().runs.get(workflowRunId, { resolveData: "all" });
    if (run.status === "completed") return { status: "completed", value: await getRun(workflowRunId).returnValue };
    if (run.status === "failed") return { status: "failed", error: run.error };
    return run.status === "cancelled" ? { status: "cancelled" } : null;
  },
  async cancel(workflowRunId) {
    const { getRun } = await import("workflow/api");
    try {
      await getRun(workflowRunId).cancel();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "EntityConflictError") throw error;
    }
  },
  async requeue(workflowRunId) {
    const { getWorld } = await import("workflow/runtime");
    const world = getWorld();
    const run = await world.runs.get(workflowRunId, { resolveData: "none" });
    const options = { deploymentId: run.deploymentId };
    await world.queue(queueName("workflow", run.workflowName), { runId: workflowRunId }, options);
  },
  async requeueStep({ stepId, stepName, workflowRunId }) {
    const { getWorld } = await import("workflow/runtime");
    const world = getWorld();
    const run = await world.runs.get(workflowRunId, { resolveData: "none" });
    const workflowStartedAt = (run.startedAt ?? run.createdAt).getTime();
    const message = { workflowName: run.workflowName, workflowRunId, workflowStartedAt, stepId };
    // Without the step's own key: by that the queue would remember that it was done.
    await world.queue(queueName("step", stepName), message, { deploymentId: run.deploymentId });
  },
};

function queueName(kind: "workflow" | "step", name: string): string {
  const space = process.env.WORKFLOW_QUEUE_NAMESPACE;
  return `__${space ? `${space}_` : ""}wkf_${kind}_${name}`;
}

/**
 * The world, with a look at what `start()` is about to do. It makes up the run's
 * id itself and then creates the run and queues it, both at once: here both
 * wait until the id is recorded. So a crash at any moment leaves either nothing
 * or a run whose id we know.
 */
export function recordingWorld(world: World, record: (workflowRunId: string) => Promise<void>): World {
  const recorded = new Map<string, Promise<void>>();
  const once = (id: string): Promise<void> => {
    const known = recorded.get(id) ?? record(id);
    recorded.set(id, known);
    return known;
  };
  const create = async (...args: Parameters<World["events"]["create"]>) => {
    if (args[0]) await once(args[0]);
    return await world.events.create(...args);
  };
  return {
    ...world,
    // One function for both overloads, which TypeScript cannot see: it passes on whatever it is given.
    events: { ...world.events, create: create as World["events"]["create"] },
    async queue(name, message, options) {
      if ("runId" in message && typeof message.runId === "string") await once(message.runId);
      return await world.queue(name, message, options);
    },
  };
}
