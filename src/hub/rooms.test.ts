import { expect, it } from "vitest";
import { findPlace, NAV, NAV_FOOT, PLACES } from "./rooms.tsx";

it.each([
  ["/", "/", {}],
  ["/events", "/events/:id?", {}],
  ["/events/evt_1", "/events/:id?", { id: "evt_1" }],
  ["/events/rejected", "/events/rejected/:id?", {}],
  ["/events/dead/dlv_1", "/events/dead/:id?", { id: "dlv_1" }],
  ["/runs/run_1", "/runs/:id", { id: "run_1" }],
])("%s is found", (path, pattern, params) => {
  const found = findPlace(path);
  expect(found?.place.pattern).toBe(pattern);
  expect(found?.params).toEqual(params);
});

it("knows what it does not have", () => expect(findPlace("/nowhere/at/all")).toBeNull());

it("leads every entry of the sidebar somewhere", () => {
  const entries = [...NAV, ...NAV_FOOT];
  for (const { id, to } of entries) expect(findPlace(to)?.place.room).toBe(id);
  expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
  expect(PLACES.length).toBeGreaterThan(NAV.length);
});
