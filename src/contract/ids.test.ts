import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeId, encodeId, ID_PREFIXES, kindOfId, newUuid } from "./ids.ts";

test("an id turns back into the very UUID it was made of", () => {
  fc.assert(fc.property(fc.uuid(), (uuid) => decodeId("event", encodeId("event", uuid)) === uuid));
});

test("ids sort as their UUIDs do", () => {
  fc.assert(fc.property(fc.uuid(), fc.uuid(), (a, b) => encodeId("run", a) < encodeId("run", b) === a < b));
});

test("an id of another kind, or no id at all, is null and never throws", () => {
  expect(decodeId("event", encodeId("run", newUuid()))).toBeNull();
  expect(decodeId("event", "evt_zzzzzzzzzzzzzzzzzzzzzzzzzz")).toBeNull(); // beyond 128 bits
  expect(decodeId("event", "evt_0000000000000000000000000u")).toBeNull(); // not in the alphabet
  fc.assert(fc.property(fc.string(), (text) => void decodeId("event", `evt_${text}`)));
});

test("every prefix is known by its kind and used once", () => {
  expect(new Set(Object.values(ID_PREFIXES)).size).toBe(Object.keys(ID_PREFIXES).length);
  for (const [kind, prefix] of Object.entries(ID_PREFIXES)) expect(kindOfId(`${prefix}_x`)).toBe(kind);
  expect(kindOfId("nonsense")).toBeNull();
});

test("UUIDs made one after the other sort so, are unique, and are version 7", () => {
  const made = Array.from({ length: 20_000 }, () => newUuid());
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
  for (const uuid of made.slice(0, 100))
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
