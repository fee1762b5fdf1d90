import { expect, test } from "vitest";
import { exposeInstance } from "./expose-instance.ts";
import type { HubInstance } from "./hub-instance.ts";

const instance = (said: string[]): Required<HubInstance> => ({
  handler: async () => new Response("handler"),
  answer: async () => new Response("answer"),
  webhook: () => Promise.resolve(new Response("webhook")),
  ready: async () => undefined,
  start: async () => undefined,
  stop: async () => void said.push("instance"),
});

test("our server reaches every way in that the instance has, also the one for plain webhooks", async () => {
  const exposed = exposeInstance(instance([]), async () => undefined);
  expect(Object.keys(exposed).toSorted()).toEqual(Object.keys(instance([])).toSorted());
  const plain = { method: "POST", target: "/", headers: {}, body: async () => new Uint8Array() };
  const answered = await exposed.webhook?.(plain, () => new Response());
  expect(await answered?.text()).toBe("webhook");
  expect(await (await exposed.answer?.(new Request("http://localhost/"), {}))?.text()).toBe("answer");
});

test("an instance without special ways in is reached by its handler", async () => {
  const { handler, ready, start, stop } = instance([]);
  const exposed = exposeInstance({ handler, ready, start, stop }, async () => undefined);
  expect(exposed.webhook).toBeUndefined();
  expect(exposed.answer).toBeUndefined();
  expect(await (await exposed.handler(new Request("http://localhost/"))).text()).toBe("handler");
});

test("what is beside the instance is ended after it", async () => {
  const said: string[] = [];
  await exposeInstance(instance(said), async () => void said.push("rest")).stop();
  expect(said).toEqual(["instance", "rest"]);
});
