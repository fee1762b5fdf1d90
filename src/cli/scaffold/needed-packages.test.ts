import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { installCommand, NEEDED } from "./needed-packages.ts";

it("asks for what package.json asks for", () => {
  const { peerDependencies } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  const { next, react, "react-dom": dom, ...rest } = peerDependencies;
  expect([next, react, dom]).not.toContain(undefined);
  expect(NEEDED).toEqual(rest);
});

it("names only what is missing, in the words of the app's package manager", () => {
  const packages = new Set(["zod", "drizzle-orm"]);
  expect(installCommand({ packages, packageManager: "pnpm" })).toEqual(["pnpm", "add", "workflow@^4.8.9"]);
  expect(installCommand({ packages: new Set(Object.keys(NEEDED)), packageManager: "npm" })).toBeNull();
});
