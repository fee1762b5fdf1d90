import { expect, test } from "vitest";
import { createGate } from "../../../tests/support/gate.ts";
import { recordingWorld, type World } from "./world.ts";

/** Only what `start()` uses of a world. */
function fakeWorld(): { world: World; did: string[] } {
  const did: string[] = [];
  const world = {
    specVersion: 3,
    getDeploymentId: async () => "d",
    events: { create: async (id: string) => void did.push(`create ${id}`) },
    queue: async (_: string, { runId }: { runId: string }) => void did.push(`queue ${runId}`),
  };
  return { world: world as unknown as World, did };
}

const created = { eventType: "run_created" } as never;

test("nothing exists in the world before the run's id is recorded, once", async () => {
  const { world, did } = fakeWorld();
  const gate = createGate();
  const asked: string[] = [];
  const recording = recordingWorld(world, async (id) => {
    asked.push(id);
    await gate.opened;
  });
  const both = Promise.all([recording.events.create("wrun_1", created), recording.queue("q", { runId: "wrun_1" })]);
  await Promise.resolve();
  expect(did).toEqual([]);
  gate.open();
  await both;
  expect(asked).toEqual(["wrun_1"]);
  expect(did.sort()).toEqual(["create wrun_1", "queue wrun_1"]);
});

test("a refusal leaves nothing in the world", async () => {
  const { world, did } = fakeWorld();
  const recording = recordingWorld(world, async () => {
    throw new Error("not yours");
  });
  const both = [recording.events.create("wrun_1", created), recording.queue("q", { runId: "wrun_1" })];
  expect((await Promise.allSettled(both)).map((one) => one.status)).toEqual(["rejected", "rejected"]);
  expect(did).toEqual([]);
});

test("the rest of the world is as it was", async () => {
  const { world } = fakeWorld();
  const recording = recordingWorld(world, async () => undefined);
  expect(recording.specVersion).toBe(3);
  expect(await recording.getDeploymentId()).toBe("d");
});
