import type { EndpointMap } from "khotan";
import { beforeAll, describe, expect, it } from "vitest";
import { biomeProblems } from "../testing/biome.ts";
import { githubDocument } from "../testing/github-document.ts";
import { loadCode } from "../testing/load-code.ts";
import { typeErrors } from "../testing/type-errors.ts";
import { listOperations } from "./list-operations.ts";
import { at, entriesOf, type Place } from "./place.ts";
import { type OpenApiImport, plugFromOpenApi } from "./plug-from-openapi.ts";
import { resolveRef } from "./resolve-ref.ts";

const root: Place = { value: githubDocument(), path: [] };
let whole: OpenApiImport;
beforeAll(() => {
  whole = plugFromOpenApi(root.value);
}, 60_000);

describe("GitHub's 1,223 operations", () => {
  it("all become endpoints, each under a name of its own", () => {
    expect(whole.name).toBe("github");
    expect(whole.endpoints).toHaveLength(1223);
    expect(new Set(whole.endpoints.map(({ name }) => name)).size).toBe(1223);
    expect(whole.endpoints.filter(({ paged }) => paged).length).toBeGreaterThan(250);
    expect(whole.code).toContain("  pagination: pagination.linkHeader(),\n");
    expect(whole.warnings.length).toBeLessThan(30);
  });

  it("leave nothing to format or to lint", { timeout: 60_000 }, () => {
    expect(biomeProblems(whole.code)).toBe("");
  });

  it("compile", { timeout: 240_000 }, () => {
    expect(typeErrors({ "github.ts": whole.code })).toEqual([]);
  });

  it("have the same text when a few of them are chosen", () => {
    const few = plugFromOpenApi(root.value, { only: ["repos/get", "GET /user"] });
    expect(few.endpoints.map(({ name }) => name)).toEqual(["reposGet", "usersGetAuthenticated"]);
    const [, repository = ""] = /(export const FullRepository = [\s\S]*?\n\}\);\n)/.exec(few.code) ?? [];
    expect(repository).toContain("allow_forking");
    expect(whole.code).toContain(repository);
  });

  it("take the examples of the document as answers, as far as these fit its own schemas", { timeout: 60_000 }, () => {
    const endpoints = Object.values(endpointsOf(loadCode(whole.code).github));
    let fitting = 0;
    let all = 0;
    for (const [index, { place }] of listOperations(root).entries()) {
      for (const [status, response] of entriesOf(at(place, "responses"))) {
        const schema = endpoints[index]?.responses[Number(status)];
        const examples = at(resolveRef(root, response), "content", "application/json", "examples");
        for (const [, example] of entriesOf(examples)) {
          const { value } = at(resolveRef(root, example), "value");
          if (schema === undefined) continue;
          all++;
          if (schema.safeParse(value).success) fitting++;
        }
      }
    }
    // An independent validator (ajv 8) refuses the same 219 of these 1,038: they break GitHub's schemas.
    expect({ all, fitting }).toEqual({ all: 1038, fitting: 819 });
  });
});

function endpointsOf(plug: unknown): EndpointMap {
  if (typeof plug !== "object" || plug === null || !("endpoints" in plug)) throw new Error("that is no plug");
  return plug.endpoints as EndpointMap; // checked by plug() when the code ran
}
