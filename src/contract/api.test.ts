import { expect, test } from "vitest";
import { api } from "./api.ts";
import { ACCESS_CLASSES } from "./roles.ts";

const routes = Object.entries(api);

test("no two endpoints share a method and a path", () => {
  const keys = routes.map(([, route]) => `${route.method} ${route.path}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each(routes)("%s declares its access class, its parameters and what it answers", (_, route) => {
  expect(ACCESS_CLASSES).toContain(route.access);
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const declared = "params" in route ? Object.keys(route.params.shape) : [];
  expect(declared.sort()).toEqual(inPath.sort());
  expect(Object.keys(route.responses).some((status) => /^[23]/.test(status))).toBe(true);
});

test("what changes something is never open to viewers", () => {
  const loose = routes.filter(([, route]) => route.method !== "get" && ["open", "viewer"].includes(route.access));
  expect(loose.map(([name]) => name)).toEqual([]);
});
