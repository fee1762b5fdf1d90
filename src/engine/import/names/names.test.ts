import { describe, expect, it } from "vitest";
import { closestName } from "./closest-name.ts";
import { uniqueNames } from "./unique-names.ts";
import { camelCase, kebabCase, pascalCase, words } from "./words.ts";

describe("names", () => {
  it.each([
    ["repos/list-for-org", ["repos", "list", "for", "org"]],
    ["listHTTPServers2", ["list", "http", "servers2"]],
    ["GitHub's API", ["git", "hubs", "api"]],
    ["Café crème", ["cafe", "creme"]],
    ["日本", []],
  ])("are made of words: %s", (name, expected) => {
    expect(words(name)).toEqual(expected);
  });

  it("are written as where they stand wants", () => {
    expect([camelCase("a-b c"), pascalCase("a-b c"), kebabCase("aB C")]).toEqual(["aBC", "ABC", "a-b-c"]);
    expect([camelCase("3d"), pascalCase("3d"), camelCase("日本"), pascalCase("")]).toEqual([
      "_3d",
      "_3d",
      "api",
      "Schema",
    ]);
  });

  it("are given out once", () => {
    const unique = uniqueNames(["a"]);
    expect(["a", "a", "b", "a2", "a"].map(unique)).toEqual(["a2", "a3", "b", "a22", "a4"]);
  });

  it("are found when somebody mistypes them", () => {
    const known = ["repos/get", "repos/list-for-org", "issues/create"];
    expect(closestName("repos/gte", known)).toBe("repos/get");
    expect(closestName("Repos/List-for-orgs", known)).toBe("repos/list-for-org");
    expect(closestName("completely different", known)).toBeUndefined();
  });
});
