import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "../../src/sandbox/index.ts";
import { docsPage } from "./docs-page.ts";
import { promisedOutput, SEPARATOR } from "./promised-output.ts";

const page = docsPage("plugs.md");

describe("the examples of docs/plugs.md run, and print what the page says", () => {
  let running: RunningSandbox;
  beforeAll(async () => {
    running = await startSandbox({ port: 0 });
  });
  afterAll(() => running.stop());

  it.each(page.modules)("$path", async ({ path, source }) => {
    const runner = page.runner(running.url);
    await runner.run(path);
    const printed = runner.printed(path);
    const promised = [...promisedOutput(source)];
    expect(promised.map(([line]) => [line, printed.get(line)?.join(SEPARATOR)])).toEqual(promised);
  });
});

it("they promise something", () => {
  expect(page.modules.flatMap(({ source }) => [...promisedOutput(source)]).length).toBeGreaterThan(35);
});
