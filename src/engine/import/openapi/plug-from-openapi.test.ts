import { KhotanError } from "khotan";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { biomeProblems } from "../testing/biome.ts";
import { answering, shopDocument } from "../testing/documents.ts";
import { plugFromOpenApi } from "./plug-from-openapi.ts";

const codeOf = (document: unknown, options = {}): string => plugFromOpenApi(document, options).code;

const mistake = (document: unknown, options = {}): KhotanError => {
  try {
    plugFromOpenApi(document, options);
  } catch (error) {
    if (error instanceof KhotanError) return error;
    throw error;
  }
  throw new Error("this document was taken");
};

describe("a plug from an OpenAPI document", () => {
  it("is a file that reads like one written by hand", async () => {
    const { name, code, endpoints, warnings } = plugFromOpenApi(shopDocument, {
      source: "https://docs.acme.example/openapi.json",
    });
    expect(name).toBe("acme");
    expect(warnings).toEqual([]);
    expect(
      endpoints.map((endpoint) => `${endpoint.method} ${endpoint.path} ${endpoint.name} ${endpoint.paged}`),
    ).toEqual([
      "GET /orders ordersList true",
      "GET /orders/{order-id} ordersGet false",
      "POST /customers customersCreate false",
    ]);
    await expect(code).toMatchFileSnapshot("../testing/golden/shop.txt");
    expect(biomeProblems(code)).toBe("");
  });

  it("is the same for the object, its JSON and its YAML", () => {
    const expected = codeOf(shopDocument);
    expect(codeOf(JSON.stringify(shopDocument))).toBe(expected);
    expect(codeOf(`\uFEFF${stringify(shopDocument)}`)).toBe(expected);
  });

  it("has only what was asked for, under the same names", () => {
    const code = codeOf(shopDocument, { only: ["get /orders/:order-id", "customersCreate"], name: "shop" });
    expect(code).toContain("export const shop = plug({");
    expect(code).not.toContain("ordersList");
    expect(code).toContain("    ordersGet: {\n");
    expect(code).toContain("body: CustomerInput,");
  });

  it("says which operation was probably meant", () => {
    const error = mistake(shopDocument, { only: ["orders/get", "orders/lits", "GET /order", "nothing like it"] });
    expect(error.code).toBe("operation_unknown");
    expect(error.issues).toEqual([
      { path: "only[1]", message: 'there is no operation "orders/lits"; did you mean "orders/list"?' },
      { path: "only[2]", message: 'there is no operation "GET /order"; did you mean "GET /orders"?' },
      { path: "only[3]", message: 'there is no operation "nothing like it"' },
    ]);
    expect(mistake(shopDocument, { only: [] }).message).toContain("names no operation");
  });

  it("says what becomes of names that are taken, or no names", () => {
    const document = {
      ...answering(
        { $ref: "#/components/schemas/a-b" },
        { "a-b": { $ref: "#/components/schemas/a_b" }, a_b: { $ref: "#/components/schemas/Map" }, Map: {} },
      ),
      paths: {
        "/a/{b}": {
          get: { operationId: "get it", responses: {} },
          put: { operationId: "get-it", responses: {} },
          post: { responses: {} },
        },
        "/3d": {
          get: {
            operationId: "3d",
            responses: { 200: { content: { "application/json": { schema: { $ref: "#/components/schemas/a-b" } } } } },
          },
        },
      },
    };
    const { code, endpoints } = plugFromOpenApi(document);
    expect(endpoints.map(({ name }) => name)).toEqual(["getIt", "getIt2", "postAByB", "_3d"]);
    expect(code).toContain("export const AB = AB2;");
    expect(code).toContain("export const AB2 = MapSchema;");
  });

  it("refuses a plug's name that cannot be one, and makes one of any title", () => {
    expect(mistake(shopDocument, { name: "Acme Shop" })).toMatchObject({
      code: "openapi_invalid",
      hint: '"acme-shop" would do.',
      issues: [{ path: "name" }],
    });
    const titled = (title: string) =>
      plugFromOpenApi({ ...answering({}), servers: [], info: { title, version: "1" } }).name;
    expect(["The Pet Store OpenAPI v3", "日本", "Default", "REST API", "A.B_c D e F"].map(titled)).toEqual([
      "pet-store",
      "api",
      "api",
      "api",
      "b-c-d",
    ]);
  });

  it.each([
    ["nothing", undefined, "(document)", "is not an object"],
    ["a list", [], "(document)", "is not an object"],
    ["text that is neither JSON nor YAML", "{ openapi: [", "line 1, column 13", "Flow sequence"],
    ["Swagger 2.0", { swagger: "2.0" }, "swagger", "this is Swagger 2.0"],
    ["no version", { paths: {} }, "openapi", "is missing"],
    ["a version of the future", { openapi: "4.0.0", paths: {} }, "openapi", "is not a version this understands"],
    ["no paths", { openapi: "3.1.0", webhooks: {} }, "paths", "is missing"],
    ["no operations", { openapi: "3.1.0", paths: { "/a": { summary: "" } } }, "paths", "has no operations"],
    ["a path without its slash", { openapi: "3.1.0", paths: { a: { get: {} } } }, "paths.a", "starts with one slash"],
    [
      "an operation that is none",
      { openapi: "3.1.0", paths: { "/a": { get: 1 } } },
      'paths["/a"].get',
      "is not an object",
    ],
    [
      "an unknown type",
      answering({ type: "strin" }),
      'paths["/thing"].get.responses["200"].content["application/json"].schema.type',
      "is no type",
    ],
    [
      "a schema that is none",
      answering({ properties: { a: 3 } }),
      'paths["/thing"].get.responses["200"].content["application/json"].schema.properties.a',
      "is not a schema",
    ],
    [
      "a reference to nothing",
      answering({ $ref: "#/components/schemas/A" }),
      'paths["/thing"].get.responses["200"].content["application/json"].schema.$ref',
      "points at nothing",
    ],
    [
      "a name that every object has",
      answering({ $ref: "#/components/schemas/constructor" }),
      'paths["/thing"].get.responses["200"].content["application/json"].schema.$ref',
      "points at nothing",
    ],
    [
      "a reference to another file",
      answering({ $ref: "pets.yaml#/Pet" }),
      'paths["/thing"].get.responses["200"].content["application/json"].schema.$ref',
      "points out of this document",
    ],
    [
      "a status that is none",
      { openapi: "3.1.0", paths: { "/a": { get: { responses: { ok: {} } } } } },
      'paths["/a"].get.responses.ok',
      "is no status",
    ],
    [
      "a parameter that goes nowhere",
      { openapi: "3.1.0", paths: { "/a": { get: { parameters: [{ name: "a", in: "body" }], responses: {} } } } },
      'paths["/a"].get.parameters[0].in',
      "says not where",
    ],
    [
      "a path with one name twice",
      { openapi: "3.1.0", paths: { "/{a}/{a}": { get: { responses: {} } } } },
      'paths["/{a}/{a}"].get',
      'has "a" twice',
    ],
    [
      "a requirement without its scheme",
      { ...shopDocument, security: [{ other: [] }] },
      "components.securitySchemes.other",
      "not described",
    ],
  ])("names the place when it is given %s", (_what, document, path, message) => {
    const error = mistake(document);
    expect(error.code).toBe("openapi_invalid");
    expect(error.issues).toEqual([{ path, message: expect.stringContaining(message) }]);
    expect(error.hint).toBeTruthy();
  });

  it("ends with an error on what has no end", () => {
    const endless: { type: string; properties: Record<string, unknown> } = { type: "object", properties: {} };
    endless.properties.self = endless;
    expect(mistake(answering(endless)).message).toContain("nested too deeply");
    const circle = { A: { $ref: "#/components/responses/B" }, B: { $ref: "#/components/responses/A" } };
    const document = {
      openapi: "3.1.0",
      paths: { "/a": { get: { responses: { 200: { $ref: "#/components/responses/A" } } } } },
      components: { responses: circle },
    };
    expect(mistake(document).message).toContain("leads in a circle");
    const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join("\n")}`;
    expect(mistake(bomb).message).toContain("uses its anchors too often");
  });
});
