import { createSerializer } from "nuqs";
import { expect, it } from "vitest";
import { countEventFilters, EVENT_FILTERS, type EventFilters, toEventQuery } from "./event-filters.ts";

const NOW = Date.parse("2026-11-20T14:00:00Z");
const none: EventFilters = { q: "", plug: null, type: null, since: null, until: null, tenant: null };

it("asks for everything when nothing is filtered", () => {
  expect(Object.values(toEventQuery(none, NOW)).every((value) => value === undefined)).toBe(true);
  expect(countEventFilters({ ...none, tenant: "acme" })).toBe(0);
});

it("resolves relative times and drops what is no time", () => {
  const query = toEventQuery(
    { ...none, q: "x", type: "invoice.*", since: "now-1h", until: "soon", tenant: "acme" },
    NOW,
  );
  expect(query).toMatchObject({ q: "x", type: "invoice.*", tenant: "acme", since: "2026-11-20T13:00:00.000Z" });
  expect(query.until).toBeUndefined();
});

it("leaves defaults out of the address and keeps relative times relative", () => {
  const serialize = createSerializer(EVENT_FILTERS);
  expect(serialize({ ...none, plug: "stripe", since: "now-1h" })).toBe("?plug=stripe&since=now-1h");
  expect(serialize(none)).toBe("");
});
