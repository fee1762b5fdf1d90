import { createLoader, createSerializer } from "nuqs";
import { expect, it } from "vitest";
import { countRunFilters, RUN_FILTERS, toRunQuery } from "./run-filters.ts";

const load = createLoader(RUN_FILTERS);
const serialize = createSerializer(RUN_FILTERS);
const NOW = Date.parse("2026-11-20T14:00:00Z");

it("reads the address, asks the API, and writes the same address again", () => {
  const address = "?q=rate&status=failed,partial&source=webhook&plug=stripe&since=now-3h";
  const filters = load(address);
  expect(toRunQuery(filters, NOW)).toEqual({
    q: "rate",
    status: "failed,partial",
    source: "webhook",
    plug: "stripe",
    since: "2026-11-20T11:00:00.000Z",
    kind: undefined,
    handler: undefined,
    flow: undefined,
    tenant: undefined,
    until: undefined,
  });
  expect(serialize(filters)).toBe(address);
  expect(countRunFilters(filters)).toBe(5);
});

it("ignores words that are no status", () => {
  expect(load("?status=failed,oops").status).toEqual(["failed"]);
  expect(countRunFilters(load(""))).toBe(0);
});
