import { expect, it } from "vitest";
import { encodeId, newUuid } from "../../contract/ids.ts";
import { openPath } from "./path-of-id.ts";

const uuid = newUuid();

it("opens what has a place", () => {
  const run = encodeId("run", uuid);
  expect(openPath(` ${run}\n`)).toBe(`/runs/${run}`);
  const flow = encodeId("flow", uuid);
  expect(openPath(flow)).toBe(`/flows/${flow}`);
  const mapping = encodeId("mapping", uuid);
  expect(openPath(mapping)).toBe(`/mappings/${mapping}`);
  const delivery = encodeId("delivery", uuid);
  expect(openPath(delivery)).toBe(`/open/${delivery}`);
  const exchange = encodeId("exchange", uuid);
  expect(openPath(exchange)).toBe(`/open/${exchange}`);
  const user = encodeId("user", uuid);
  expect(openPath(user)).toBe(`/settings/users?id=${user}`);
  const key = encodeId("apiKey", uuid);
  expect(openPath(key)).toBe(`/settings/keys?id=${key}`);
  const job = encodeId("job", uuid);
  expect(openPath(job)).toBe(`/open/${job}`);
});

it.each(["", "run_", "run_short", "slack", encodeId("mappingChange", uuid)])("does not open %j", (text) => {
  expect(openPath(text)).toBeNull();
});
