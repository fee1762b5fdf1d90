import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileSigningTemplate } from "./signing-template.ts";

const input = { method: "post", url: "https://a.example/?b=1", headers: { "x-id": "m1" }, body: Buffer.from("{}") };
const fill = (template: string) =>
  Buffer.concat(
    compileSigningTemplate(template)
      .pieces(input, input.url, "1700000000")
      .map((piece) => Buffer.from(piece)),
  ).toString();

describe("compileSigningTemplate", () => {
  it("fills in the request's own parts", () => {
    expect(fill("{body}")).toBe("{}");
    expect(fill("v0:{timestamp}:{body}")).toBe("v0:1700000000:{}");
    expect(fill("{method}\n{url}\n{header:X-Id}.{body}.")).toBe("POST\nhttps://a.example/?b=1\nm1.{}.");
  });

  it("keeps every literal as it is", () => {
    fc.assert(
      fc.property(fc.string(), (literal) => {
        fc.pre(!/[{}]/.test(literal));
        expect(fill(`${literal}{body}${literal}`)).toBe(`${literal}{}${literal}`);
      }),
    );
  });

  it("refuses what it does not know", () => {
    expect(() => compileSigningTemplate("{nonce}{body}")).toThrow(TypeError);
    expect(() => compileSigningTemplate("{header:}{body}")).toThrow(TypeError);
    expect(() => compileSigningTemplate("static")).toThrow("does not cover {body}");
  });
});
