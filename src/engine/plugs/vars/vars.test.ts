import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type VarDefinition, validateVarValue, varDefinitionSchema } from "../index.ts";

const field = (definition: Partial<VarDefinition>) =>
  varDefinitionSchema.parse({ key: "x", type: "text", ...definition });

describe("a variable", () => {
  it.each<[Partial<VarDefinition>, unknown, unknown]>([
    [{ type: "text" }, "a", "a"],
    [{ type: "text" }, 5, "5"],
    [{ type: "url" }, "https://a.example/x", "https://a.example/x"],
    [{ type: "number" }, "8080", 8080],
    [{ type: "number" }, 1.5, 1.5],
    [{ type: "boolean" }, "true", true],
    [{ type: "boolean" }, false, false],
    [{ type: "select", options: ["eu", { value: "us", label: "USA" }] }, "us", "us"],
    [{ type: "text", validate: z.string().toUpperCase() }, "a", "A"],
  ])("%j takes %j", (definition, given, value) => {
    expect(validateVarValue(field(definition), given)).toEqual({ ok: true, value });
  });

  it.each<[Partial<VarDefinition>, unknown, RegExp]>([
    [{ type: "text" }, true, /text/],
    [{ type: "password" }, null, /text/],
    [{ type: "url" }, "ftp://a.example", /http/],
    [{ type: "url" }, "https://user:pw@a.example", /http/],
    [{ type: "url" }, "a.example", /http/],
    [{ type: "number" }, "", /number/],
    [{ type: "number" }, "1e999", /number/],
    [{ type: "boolean" }, "yes", /true or false/],
    [{ type: "select", options: ["eu", "us"] }, "mars", /eu, us/],
    [
      { type: "text", validate: z.string().startsWith("sk_", "A secret key starts with sk_.") },
      "pk_1",
      /starts with sk_/,
    ],
  ])("%j refuses %j", (definition, given, message) => {
    expect(validateVarValue(field(definition), given)).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
    });
  });

  it("is hidden and secret by its key, and secret as a password", () => {
    expect(field({ key: "_token" })).toMatchObject({ hidden: true, secret: true });
    expect(field({ type: "password" })).toMatchObject({ hidden: false, secret: true });
    expect(field({})).toMatchObject({ hidden: false, secret: false, label: "x", required: false, options: [] });
    expect(field({ secret: true })).toMatchObject({ secret: true });
  });
});
