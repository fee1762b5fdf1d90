import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { biomeProblems } from "../testing/biome.ts";
import { loadCode } from "../testing/load-code.ts";
import { plugFromOpenApi } from "./plug-from-openapi.ts";

/** Texts that would break out of a string, a comment, a template, a regex or a name. */
const nasty = fc.oneof(
  fc.constantFrom(
    '"; globalThis.broken = true; "',
    "'; globalThis.broken = true; '",
    "*/ globalThis.broken = true; /*",
    "`\u0024{globalThis.broken = true}`",
    "\n}); globalThis.broken = true;\n//",
    "\u2028globalThis.broken = true\u2029",
    "\\",
    "/;globalThis.broken=true;/",
    "__proto__",
    "constructor",
    "</script>",
    "[",
    "",
    " ",
    "ﷺ 日本語 🧨",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);

const nastyDocument = fc
  .record({
    texts: fc.array(nasty, { minLength: 16, maxLength: 16 }),
    keys: fc.uniqueArray(nasty, { minLength: 5, maxLength: 5 }),
  })
  .map(({ texts, keys }) => {
    const next = (index: number): string => texts[index] ?? "";
    const object = {
      type: "object",
      description: next(0),
      required: [keys[0]],
      properties: Object.fromEntries(
        keys.map((key, index) => [
          key,
          index === 0
            ? { enum: [next(1), next(2), 1] }
            : index === 1
              ? { type: "string", pattern: next(3), description: next(4) }
              : { type: "string", format: next(5), title: next(6) },
        ]),
      ),
    };
    return {
      openapi: "3.1.0",
      info: { title: next(7), description: next(8), version: "1" },
      servers: [
        {
          url: `https://a.example/{v}/${encodeURIComponent("é")}`,
          variables: { v: { default: next(9), description: next(9) } },
        },
      ],
      components: {
        securitySchemes: { s: { type: "apiKey", in: "query", name: next(10) || "k", description: next(10) } },
        schemas: { Thing: object, [`${next(11)}x`]: object },
      },
      paths: {
        "/a": {
          get: {
            operationId: next(12),
            summary: next(13),
            parameters: keys.map((key) => ({
              in: "query",
              name: `${key}q`,
              description: next(14),
              schema: { type: "string" },
            })),
            responses: { 200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } } },
          },
        },
        "/b": {
          post: {
            responses: {
              200: {
                content: {
                  "application/json": { schema: { oneOf: [object, { $ref: "#/components/schemas/Thing" }] } },
                },
              },
            },
          },
        },
      },
    };
  });

describe("a document that nobody should trust", () => {
  it("gives code that does nothing but define a plug", () => {
    fc.assert(
      fc.property(nastyDocument, (document) => {
        const { code } = plugFromOpenApi(document, { source: document.info.title });
        const file = ts.createSourceFile("plug.ts", code, ts.ScriptTarget.ES2023);
        const kinds = new Set(file.statements.map(({ kind }) => ts.SyntaxKind[kind]));
        for (const kind of kinds) expect(["ImportDeclaration", "FirstStatement", "VariableStatement"]).toContain(kind);
        const { plug: _plug, ...exported } = loadCode(code);
        expect(Object.keys(exported).length).toBeGreaterThan(0);
        expect(globalThis).not.toHaveProperty("broken");
      }),
      { numRuns: 300 },
    );
  });

  it("gives code that is formatted and has no lint", { timeout: 60_000 }, () => {
    // Letters of rare scripts as names: quoted by us, bare by Biome if it knows them.
    const documents = fc
      .sample(nastyDocument, { numRuns: 400, seed: 7 })
      .filter((document) => !/[^\x20-\x7e]/.test(Object.keys(document.components.schemas.Thing.properties).join("")));
    const codes = documents.slice(0, 25).map((document) => plugFromOpenApi(document).code);
    for (const code of codes) expect(biomeProblems(code)).toBe("");
  });
});
