import { expect, it } from "vitest";
import { bringDatabase } from "./bring-database.ts";
import { workflowEnvironment } from "./workflow-environment.ts";

const nowhere = "/proc/none/of/this/can/be/made";

it("leaves a database of the app's own alone, and its secret", async () => {
  const env: NodeJS.ProcessEnv = { NODE_ENV: "test", DATABASE_URL: "postgres://db.example/app" };
  await (await bringDatabase(env, nowhere, () => undefined))();
  expect(env).toEqual({ NODE_ENV: "test", DATABASE_URL: "postgres://db.example/app" });
});

it("asks for one where nothing can be kept, in a sentence that says what to do", async () => {
  const env: NodeJS.ProcessEnv = { NODE_ENV: "test", VERCEL: "1" };
  await expect(bringDatabase(env, nowhere, () => undefined)).rejects.toThrow(/DATABASE_URL.*Set it/);
});

it("points Workflow at the hub's database, and keeps what somebody chose", () => {
  const made = workflowEnvironment("postgres://db.example/app", {
    NODE_ENV: "test",
    WORKFLOW_POSTGRES_MAX_POOL_SIZE: "9",
  });
  expect(made).toMatchObject({
    WORKFLOW_POSTGRES_URL: "postgres://db.example/app",
    WORKFLOW_POSTGRES_MAX_POOL_SIZE: "9",
    WORKFLOW_POSTGRES_WORKER_CONCURRENCY: "4",
  });
  expect(made.WORKFLOW_TARGET_WORLD).toMatch(/engine\/durable\/world-target\.js$/);
});
