import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import * as khotanPlug from "../../src/engine/plugs/index.ts";
import { declaredFields } from "./declared-fields.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const PLUGS = join(ROOT, "src/engine/plugs");
const page = readFileSync(join(ROOT, "docs/plugs.md"), "utf8");

/** Public, but for those who build on plugs and not for those who write them. */
const INTERNAL = ["PlugError", "TIMEOUT_PHASES", "validateVarValue", "varDefinitionSchema", "isOAuth2"];

const named = (name: string) => new RegExp(`\\b${name}\\b`).test(page);

describe("docs/plugs.md leaves nothing out", () => {
  it("names everything that khotan/plug exports", () => {
    const exported = Object.keys(khotanPlug).filter((name) => !INTERNAL.includes(name));
    expect(exported.filter((name) => !named(name))).toEqual([]);
    expect(exported.length).toBeGreaterThan(15);
  });

  it("names every way of paging", () => {
    const ways = Object.keys(khotanPlug.pagination);
    expect(ways.filter((way) => !page.includes(`| \`${way}(`))).toEqual([]);
  });

  it.each([
    ["plug-options.ts", "PlugOptions"],
    ["request-options.ts", "RequestOptions"],
    ["batch-post.ts", "BatchOptions"],
    ["retry/retry-policy.ts", "RetryOptions"],
    ["http/timeouts.ts", "Timeouts"],
    ["vars/var-definition.ts", "VarDefinition"],
    ["endpoints/endpoint-definition.ts", "EndpointDefinition"],
    ["pagination/paginator.ts", "PaginatorOptions"],
    ["hooks.ts", "PlugHooks"],
  ])("names every field of %s %s", (file, name) => {
    expect(declaredFields(join(PLUGS, file), name).filter((field) => !named(field))).toEqual([]);
  });

  it("lists every error code that plugs throw, and no other", () => {
    const [, section = ""] = /\n## Errors\n(.*?)\n## /s.exec(page) ?? [];
    const cells = section.split("\n").flatMap((line) => (line.startsWith("| ") ? (line.split("|")[3] ?? []) : []));
    const listed = cells.flatMap((cell) => [...cell.matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, code = ""]) => code));
    expect(new Set(listed)).toEqual(thrownCodes());
  });
});

/** Codes that end up in an error's cause or in an exchange, but are no plug error's. */
const OTHERS = ["cancelled", "not_revoked", "upstream_blocked"];

/** The codes in the sources: `code: "…"`, also chosen by a condition, and the table of what goes wrong on the wire. */
function thrownCodes(): Set<string> {
  const texts = [PLUGS, join(ROOT, "src/engine/oauth")].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !/\.test\.ts$|testing\//.test(file))
      .map((file) => readFileSync(join(folder, file), "utf8").replace(/^\s*(?:\*|\/\/|\/\*\*).*$/gm, "")),
  );
  const literals = texts.flatMap((text) => [
    ...text.matchAll(/\bcode(?:: \w+ \?|:| =) "([a-z]+_[a-z_]+)"(?:\s*: "([a-z_]+)")?/g),
    ...text.matchAll(/\[\s*"((?:network|response|request)_[a-z_]+)",/g),
    ...text.matchAll(/\s"(pagination_state)",/g),
  ]);
  const codes = literals.flatMap(([, first, second]) => [first, second].filter((code) => code !== undefined));
  const phases = khotanPlug.TIMEOUT_PHASES.map((phase) => `timeout_${phase}`);
  return new Set([...codes, ...phases].filter((code) => !OTHERS.includes(code)));
}
