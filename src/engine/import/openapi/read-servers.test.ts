import { describe, expect, it } from "vitest";
import { answering } from "../testing/documents.ts";
import { plugFromOpenApi } from "./plug-from-openapi.ts";

function baseOf(servers: unknown, source?: string) {
  const { code, warnings } = plugFromOpenApi({ ...answering({}), servers }, { name: "things", source });
  return {
    baseUrl: /\n {2}baseUrl: (.*),\n/.exec(code)?.[1],
    vars: [...code.matchAll(/\{ key: "(?!token).*\}/g)].map(([text]) => text),
    warnings: warnings.map(({ path }) => path).filter((path) => path !== "components.securitySchemes"),
  };
}

describe("where an imported plug calls", () => {
  it("is a variable with the first server as its default", () => {
    expect(baseOf([{ url: "https://a.example/v1/" }])).toEqual({
      baseUrl: "(vars) => vars.baseUrl",
      vars: ['{ key: "baseUrl", label: "Base URL", type: "url", defaultValue: "https://a.example/v1" }'],
      warnings: [],
    });
  });

  it("is on the host of the document when the server is only a path", () => {
    const fromSource = baseOf([{ url: "/api" }], "https://docs.example/spec/openapi.json");
    expect(fromSource.vars[0]).toContain('defaultValue: "https://docs.example/api"');
    expect(baseOf([{ url: "/api" }])).toMatchObject({
      vars: [expect.stringContaining("required: true")],
      warnings: ["servers[0]"],
    });
    expect(baseOf(undefined)).toMatchObject({
      vars: [expect.stringContaining("required: true")],
      warnings: ["servers"],
    });
    expect(baseOf([{ url: "ftp://a.example" }])).toMatchObject({ warnings: ["servers[0]"] });
  });

  it("is put together of the server's own variables", () => {
    const variables = {
      region: { enum: ["eu", "us"], default: "xx" },
      "api version": { default: "v1", description: "Which. And more." },
    };
    expect(baseOf([{ url: "https://{region}.a.example/{api version}/{tenant}/", variables }])).toEqual({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the code that is expected
      baseUrl: "(vars) => `https://${vars.region}.a.example/${vars.apiVersion}/${vars.tenant}`",
      vars: [
        '{ key: "region", type: "select", options: ["eu", "us"], defaultValue: "eu" }',
        '{ key: "apiVersion", type: "text", defaultValue: "v1", help: "Which." }',
        '{ key: "tenant", type: "text", required: true }',
      ],
      warnings: ["servers[0]"],
    });
  });
});
