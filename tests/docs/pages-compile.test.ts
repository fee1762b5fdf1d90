import { expect, it } from "vitest";
import { docsPage, ROOT } from "./docs-page.ts";
import { typeCheck } from "./type-check.ts";

const pages = ["plugs.md", "add-a-plug.md", "flows.md", "order-and-limits.md", "observe.md", "data.md"];

// All at once, since most of the time goes into reading what they import.
it("every example of the pages compiles", { timeout: 120_000 }, () => {
  const modules = pages.flatMap((name) => docsPage(name).modules);
  expect(new Set(modules.map(({ path }) => path)).size).toBe(modules.length);
  expect(typeCheck(ROOT, modules)).toEqual([]);
});

it("and a wrong one would not", { timeout: 120_000 }, () => {
  const path = "src/khotan/plugs/wrong.ts";
  const source = 'import { plug } from "khotan";\n\nplug({ name: "a", baseUrl: 5 });\nconsole.log(nothing);';
  expect(typeCheck(ROOT, [{ path, source }])).toEqual([
    expect.stringMatching(/^src\/khotan\/plugs\/wrong\.ts:3: Type 'number' is not assignable/),
    expect.stringMatching(/^src\/khotan\/plugs\/wrong\.ts:4: Cannot find name 'nothing'/),
  ]);
});
