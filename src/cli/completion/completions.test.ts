import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliIn } from "../../../tests/support/cli-in.ts";
import { KINDS } from "../add/plan-add.ts";

let folder: string;
const put = async (path: string, text: string) => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
};
/** What a Tab behind these words offers. */
const offered = async (...words: string[]): Promise<string[]> => {
  const { code, out, err } = await cliIn(folder, ["complete", "--", ...words]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out.split("\n").filter(Boolean);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "khotan-complete-"));
  await put("khotan.config.ts", 'export default { outputDir: "lib/hub" };\nthrow new Error("must not run");\n');
  await put(
    "lib/hub/khotan.ts",
    `import { khotan } from "khotan/factory";
import { inflow, plug } from "khotan";
import { acme } from "./plugs/acme";
import { keep } from "./catches/keep.ts";
import { gone } from "./plugs/gone";
const books = plug({ name: "books", baseUrl: "https://b.example" });
throw new Error("must not run");
export default khotan({ plugs: [
  { plug: acme, catches: [keep], flows: [inflow({ name: "items", run })] },
  { plug: books },
] });
`,
  );
  await put("lib/hub/plugs/acme.ts", 'export const acme = plug({ name: "acme", baseUrl: "https://a.example" });\n');
  await put("lib/hub/plugs/unused.ts", 'export const unused = plug({ name: "unused" });\n');
  await put("lib/hub/catches/keep.ts", 'export const keep = catchEvent({ name: "keep-orders", events: ["*"] });\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("completion", () => {
  it("offers commands, then a command's own", async () => {
    expect(await offered("fl")).toEqual(["flows"]);
    expect(await offered("runs", "")).toEqual(["cancel", "list", "logs", "retry", "show"]);
    expect(await offered("probe", "")).toEqual(await offered("plug", ""));
  });

  it("offers the flags of the command, and the general ones", async () => {
    expect(await offered("add", "--from")).toEqual(["--from-curl", "--from-openapi"]);
    expect(await offered("init", "--a")).toEqual(["--auth"]);
    expect(await offered("runs", "list", "--")).toEqual(expect.arrayContaining(["--status", "--since", "--json"]));
    expect(await offered("plug", "vars", "set", "--")).toEqual(await offered("vars", "set", "--"));
  });

  it("offers every kind of khotan add, and to a wire the plugs", async () => {
    expect(await offered("add", "")).toEqual([...KINDS].sort());
    expect(await offered("add", "wire", "")).toEqual(["acme", "books"]);
    expect(await offered("add", "catch", "")).toEqual([]);
  });

  it("offers the plugs, flows and handlers that khotan.ts registers, and runs nothing of it", async () => {
    expect(await offered("plug", "")).toEqual(["acme", "books", "list", "vars"]);
    expect(await offered("vars", "set", "")).toEqual(["acme", "books"]);
    expect(await offered("plug", "vars", "show", "b")).toEqual(["books"]);
    expect(await offered("wires", "connect", "a")).toEqual(["acme"]);
    expect(await offered("events", "list", "--plug", "")).toEqual(["acme", "books"]);
    expect(await offered("add", "relay", "x", "--plug", "acme", "--to", "")).toEqual(["acme", "books"]);
    expect(await offered("flows", "trigger", "")).toEqual(["items"]);
    expect(await offered("runs", "list", "--flow", "i")).toEqual(["items"]);
    expect(await offered("runs", "--json", "list", "--handler", "")).toEqual(["keep-orders"]);
  });

  it("offers what else is known: samples, methods, statuses, shells", async () => {
    expect(await offered("trigger", "sh")).toEqual(["shopify"]);
    expect(await offered("trigger", "github", "issues.o")).toEqual(["issues.opened"]);
    expect(await offered("listen", "--sign", "g")).toEqual(["generic", "github"]);
    expect(await offered("plug", "acme", "P")).toEqual(["PATCH", "POST", "PUT"]);
    expect(await offered("runs", "list", "--status", "f")).toEqual(["failed"]);
    expect(await offered("completion", "")).toEqual(["bash", "fish", "zsh"]);
  });

  it("offers nothing, and says nothing, where there is no app or it is half written", async () => {
    const empty = await mkdtemp(join(tmpdir(), "khotan-complete-"));
    expect(await cliIn(empty, ["complete", "--", "vars", "set", ""])).toEqual({ code: 0, out: "", err: "" });
    await mkdir(join(empty, "src/khotan"), { recursive: true });
    await writeFile(
      join(empty, "src/khotan/khotan.ts"),
      "import { acme } from './plugs/acme'; export default khotan({",
    );
    expect(await cliIn(empty, ["complete", "--", "vars", "set", ""])).toEqual({ code: 0, out: "", err: "" });
    await rm(empty, { recursive: true });
  });
});
