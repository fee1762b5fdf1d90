import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { afterEach, beforeEach, expect, it } from "vitest";
import { cliIn } from "../../../tests/support/cli-in.ts";
import { KINDS } from "../add/plan-add.ts";
import { digest } from "../generate/manifest.ts";
import { createProgram } from "../run-cli.ts";
import { processTerminal } from "../terminal.ts";
import { VERSION } from "../version.ts";
import { editGuide } from "./edit-guide.ts";
import { SKILLS, skillPath, skillText } from "./skills.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "khotan-skills-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const cli = (...args: string[]) => cliIn(folder, args);
const read = (path: string) => readFile(join(folder, path), "utf8");

it("covers set-up, plug, webhook, flow, mappings and the Hub, each with the command that proves the step", () => {
  expect(SKILLS.map(({ id }) => id)).toEqual(["set-up", "plug", "webhook", "flow", "mappings", "hub"]);
  for (const skill of SKILLS) expect(skill.body).toMatch(/## Prove it\n\n```sh\n.*khotan .+\n```\n$/);
});

it("names only commands that are there", () => {
  const find = (words: readonly string[]): Command | undefined => {
    let command: Command | undefined = createProgram(processTerminal());
    for (const word of words) {
      const next: Command | undefined = command?.commands.find((one) => one.name() === word);
      if (!next) return command?.commands.length === 0 ? command : undefined;
      command = next;
    }
    return command;
  };
  for (const { body } of SKILLS) {
    for (const [, name = "", second = ""] of body.matchAll(/npx khotan ([a-z-]+)(?: ([a-z-]+))?/g)) {
      expect(find([name]), name).toBeDefined();
      if (name === "add" && second !== "") expect(KINDS).toContain(second);
      if (find([name])?.commands.length) expect(find([name, second]), `${name} ${second}`).toBeDefined();
    }
  }
});

it("installs them stamped with the version, once", async () => {
  await writeFile(join(folder, "AGENTS.md"), "# Ours\n");
  expect(await cli("add", "skills")).toMatchObject({ code: 0 });
  expect(await read(skillPath("plug"))).toContain(`khotan: "${VERSION}"`);
  expect(await read("AGENTS.md")).toMatch(/^# Ours\n\n<!-- khotan:begin [\s\S]*<!-- khotan:end -->\n$/);
  const again = await cli("add", "skills");
  expect(again).toMatchObject({ code: 0, out: expect.not.stringMatching(/create|edit/) });
});

it("refreshes them after an upgrade, and leaves alone what was edited", async () => {
  await cli("add", "skills");
  // As an older version left them.
  const manifest = JSON.parse(await read("khotan.generated.json"));
  for (const { id } of SKILLS) {
    const old = (await read(skillPath(id))).replace(`khotan: "${VERSION}"`, 'khotan: "0.0.1"');
    await writeFile(join(folder, skillPath(id)), id === "flow" ? `${old}Ours.\n` : old);
    manifest.files[skillPath(id)].sha256 = digest(old);
  }
  await writeFile(join(folder, "khotan.generated.json"), JSON.stringify(manifest));
  const run = await cli("generate");
  expect(run).toMatchObject({ code: 0, out: expect.stringContaining(`edited    ${skillPath("flow")}`) });
  expect(await read(skillPath("plug"))).toContain(`khotan: "${VERSION}"`);
  expect(await read(skillPath("flow"))).toMatch(/khotan: "0\.0\.1"[\s\S]*Ours\.\n$/);
});

it("replaces its part of AGENTS.md when it is an older version's, and not when somebody edited it", () => {
  const first = editGuide("# Ours\n", "src/khotan", "0.0.1");
  if (first.state !== "done") throw new Error(first.state);
  const next = editGuide(`${first.text}\nMore of ours.\n`, "lib/khotan", "0.0.2");
  expect(next).toMatchObject({
    state: "done",
    text: expect.stringMatching(/0\.0\.2[\s\S]*`lib\/khotan\/`[\s\S]*More of ours\.\n$/),
  });
  expect(editGuide(first.text.replace("never text in a file", "as we like"), "lib/khotan", "0.0.2")).toEqual({
    state: "there",
  });
  expect(editGuide(first.text, "src/khotan", "0.0.1")).toEqual({ state: "there" });
  expect(editGuide(first.text.replace("<!-- khotan:end -->", ""), "src/khotan")).toMatchObject({ state: "manual" });
});

it("gives a skill a file that assistants can read", () => {
  const [skill] = SKILLS;
  expect(skill && skillText(skill, "1.2.3")).toMatch(
    /^---\nname: khotan-set-up\ndescription: .+\nmetadata:\n {2}khotan: "1\.2\.3"\n---\n\n/,
  );
});
