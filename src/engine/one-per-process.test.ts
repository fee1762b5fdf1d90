import { expect, test } from "vitest";
import type { Khotan } from "./factory.ts";
import { onePerProcess } from "./one-per-process.ts";

function fake(name: string, log: string[]): () => Khotan {
  return () => ({
    answer: async () => new Response(),
    webhook: () => null,
    handler: async () => new Response(name),
    flow: () => ({ start: async () => Promise.reject(new Error("no flows")) }),
    mapping: () => {
      throw new Error("no resources");
    },
    fieldMapping: async () => {
      throw new Error("no field mappings");
    },
    cache: () => {
      throw new Error("no caches");
    },
    ready: async () => void log.push(`${name} ready`),
    start: async () => void log.push(`${name} start`),
    stop: async () => void log.push(`${name} stop`),
  });
}

const who = async (hub: Khotan) => await (await hub.handler(new Request("http://x"))).text();

test("in production the first instance serves all", async () => {
  const first = onePerProcess("production hub", fake("a", []), "production");
  const second = onePerProcess("production hub", fake("b", []), "production");
  expect(await who(second)).toBe("a");
  expect(second).toBe(first);
});

test("in development the newest takes over after the old one stopped, and works if that one did", async () => {
  const log: string[] = [];
  const first = onePerProcess("development hub", fake("a", log), "development");
  await first.start();
  const second = onePerProcess("development hub", fake("b", log), "development");
  expect(await who(first)).toBe("b");
  await expect.poll(() => log).toEqual(["a start", "a stop", "b start"]);
  await second.stop();
  expect(log.at(-1)).toBe("b stop");
});

test("other hubs are other hubs, and tests and scripts make as many as they like", async () => {
  const one = onePerProcess("one hub", fake("a", []), "production");
  const other = onePerProcess("other hub", fake("b", []), "production");
  expect([await who(one), await who(other)]).toEqual(["a", "b"]);
  const tests = [onePerProcess("t", fake("a", []), "test"), onePerProcess("t", fake("b", []), "test")];
  expect(await Promise.all(tests.map(who))).toEqual(["a", "b"]);
});
