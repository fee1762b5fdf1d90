import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { prepareWorkflowWorld } from "../../src/engine/durable/prepare-workflow-world.ts";
import type { WorkflowContext } from "../../src/engine/handlers/context.ts";

/** A step as a test writes it; `"use step"` would need the compiler. */
export type TestStep = ((...args: never[]) => Promise<unknown>) & { maxRetries?: number };

export interface TestWorkflow {
  readonly steps: Readonly<Record<string, TestStep>>;
  /** Body of the workflow function, as JavaScript: `ctx` and the steps by name are in scope. It runs in Workflow's sandbox. */
  readonly body: string;
}

export interface WorkflowRuntime {
  /** What the compiler makes of a workflow function in the app's own bundle: a name to start it by. */
  workflow(name: string): (ctx: WorkflowContext) => Promise<unknown>;
  stop(): Promise<void>;
}

const FILE = "./tests/workflows";

/**
 * Workflow's own runtime on its Postgres world, in this process and without
 * Next: its queue, its replay, its steps. Only the compiler is missing, so
 * workflows are given as what it would have made of them. One per test file,
 * since Workflow keeps its world for the whole process.
 *
 * @param targetWorld the module that makes it: the app's own outlives broken connections, the bare one does not
 */
export async function startWorkflowRuntime(
  url: string,
  workflows: Readonly<Record<string, TestWorkflow>>,
  targetWorld = "@workflow/world-postgres",
): Promise<WorkflowRuntime> {
  await prepareWorkflowWorld(url);
  let listener: ReturnType<typeof getRequestListener> | null = null;
  const server = createServer((request, response) => void listener?.(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  Object.assign(process.env, {
    WORKFLOW_TARGET_WORLD: targetWorld,
    WORKFLOW_POSTGRES_URL: url,
    WORKFLOW_POSTGRES_WORKER_CONCURRENCY: "4",
    WORKFLOW_POSTGRES_MAX_POOL_SIZE: "6",
    WORKFLOW_LOCAL_BASE_URL: `http://127.0.0.1:${address.port}`,
  });
  // Loaded only now: they read the environment while they are loaded.
  const { getWorld, getWorldHandlers, setWorld, stepEntrypoint, workflowEntrypoint } = await import("workflow/runtime");
  const { registerStepFunction } = await import("workflow/internal/private");
  // Loading them made a world of their own already; a second one would only be more connections.
  setWorld(getWorldHandlers() as ReturnType<typeof getWorld>);
  const world = getWorld();
  for (const { steps } of Object.values(workflows)) {
    for (const [name, step] of Object.entries(steps)) {
      const call = (...args: unknown[]) => Reflect.apply(step, undefined, args);
      registerStepFunction(`step//${FILE}//${name}`, Object.assign(call, { maxRetries: step.maxRetries }));
    }
  }
  const flow = workflowEntrypoint(sandboxCode(workflows));
  listener = getRequestListener((request) =>
    new URL(request.url).pathname.endsWith("/flow") ? flow(request) : stepEntrypoint(request),
  );
  const before = new Set(process.listeners("SIGTERM"));
  await world.start?.();
  for (const added of process.listeners("SIGTERM")) if (!before.has(added)) process.removeListener("SIGTERM", added);
  return {
    workflow: (name) =>
      Object.assign(() => Promise.reject(new Error("A workflow is not called.")), {
        workflowId: `workflow//${FILE}//${name}`,
      }),
    async stop() {
      await world.close?.();
      server.close();
    },
  };
}

/** What `@workflow/builders` makes of workflow files for the sandbox. */
function sandboxCode(workflows: Readonly<Record<string, TestWorkflow>>): string {
  const steps = new Set(Object.values(workflows).flatMap((workflow) => Object.keys(workflow.steps)));
  const lines = ["globalThis.__private_workflows = new Map();"];
  for (const name of steps) {
    lines.push(`var ${name} = globalThis[Symbol.for("WORKFLOW_USE_STEP")]("step//${FILE}//${name}");`);
  }
  for (const [name, { body }] of Object.entries(workflows)) {
    lines.push(
      `async function ${name}(ctx) { ${body} }`,
      `globalThis.__private_workflows.set("workflow//${FILE}//${name}", ${name});`,
    );
  }
  return lines.join("\n");
}
