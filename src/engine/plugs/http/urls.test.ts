import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeQuery } from "./encode-query.ts";
import { fillPath, pathParamsOf } from "./fill-path.ts";
import { PathRefusal, resolveUrl } from "./resolve-url.ts";

const BASES = ["https://api.example.com", "https://api.example.com/v1", "http://api.example.com:8080/v1/?key=1"];
/** Texts that URL parsers like to misread. */
const nasty = fc.array(
  fc.constantFrom(
    "/",
    "\\",
    "..",
    ".",
    "@",
    ":",
    "?",
    "#",
    "%2e",
    "%2f",
    "\t",
    "\n",
    " ",
    "http:",
    "https:",
    "//",
    "evil.example",
    "a",
    "é",
    "\0",
    "[",
    "]",
  ),
  { maxLength: 12 },
);

describe("resolveUrl", () => {
  it.each([".. ", "..  ", ".. #a", "a/.. ", "%2e%2e "])(
    "does not climb by %j, whose space URL parsers drop",
    (path) => {
      expect(() => resolveUrl("https://api.example.com/v1", path)).toThrow(PathRefusal);
    },
  );

  it("never leaves the base URL's origin, and never climbs above its path", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...BASES),
        fc.oneof(
          nasty.map((parts) => parts.join("")),
          fc.string(),
          fc.webUrl(),
        ),
        (base, path) => {
          let url: URL;
          try {
            url = resolveUrl(base, path);
          } catch {
            return;
          }
          expect(url.origin).toBe(new URL(base).origin);
          expect([url.username, url.password, url.hash]).toEqual(["", "", ""]);
          if (!/^[a-z][a-z0-9+.-]*:/i.test(path) && !path.startsWith("//")) {
            expect(url.pathname.startsWith(new URL(base).pathname.replace(/\/$/, ""))).toBe(true);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["https://a.example", "/users", "https://a.example/users"],
    ["https://a.example/v1", "users", "https://a.example/v1/users"],
    ["https://a.example/v1/", "/users?x=1#frag", "https://a.example/v1/users?x=1"],
    ["https://a.example/v1", "", "https://a.example/v1"],
    ["https://a.example/v1?key=1", "/users?page=2", "https://a.example/v1/users?page=2&key=1"],
    ["https://a.example/v1", "https://a.example/v2/next?c=1", "https://a.example/v2/next?c=1"],
    ["https://a.example/v1", "/v1/models/x:predict", "https://a.example/v1/v1/models/x:predict"],
    ["https://a.example", "/file..name/a...b", "https://a.example/file..name/a...b"],
  ])("%s and %s make %s", (base, path, url) => {
    expect(resolveUrl(base, path).href).toBe(url);
  });
});

describe("fillPath", () => {
  it("keeps every value within its segment", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (value) => {
        let path: string;
        try {
          path = fillPath("/a/:id/b/{id}", { id: value });
        } catch {
          return;
        }
        const segments = new URL(path, "https://a.example").pathname.split("/");
        expect(segments).toHaveLength(5);
        expect(decodeURIComponent(segments[2] ?? "")).toBe(value);
      }),
    );
  });

  it("finds parameters, and leaves colons that are none", () => {
    expect(pathParamsOf("/a/:id/b/{name}.json/:x-y")).toEqual(["id", "name", "x"]);
    expect(pathParamsOf("/v1/models/gemini:predict")).toEqual([]);
  });

  it.each<Record<string, string | number>>([{}, { id: "" }, { id: "." }, { id: ".." }, { toString: 1 }])(
    "refuses %j",
    (params) => {
      expect(() => fillPath("/a/:id", params)).toThrow(/"id"/);
    },
  );
});

describe("encodeQuery", () => {
  const date = new Date("2026-01-02T03:04:05Z");
  it.each([
    ["repeat", "a=1&a=2&n[x]=3&o[0][p]=4"],
    ["brackets", "a[]=1&a[]=2&n[x]=3&o[0][p]=4"],
    ["indices", "a[0]=1&a[1]=2&n[x]=3&o[0][p]=4"],
  ] as const)("%s", (format, text) => {
    expect(
      decodeURIComponent(encodeQuery({ a: [1, null, 2], n: { x: 3 }, o: [{ p: 4 }], u: undefined }, format).toString()),
    ).toBe(text);
  });

  it("comma, dates and what is there already", () => {
    expect(encodeQuery({ a: [1, 2], d: date, t: true }, "comma").toString()).toBe(
      "a=1%2C2&d=2026-01-02T03%3A04%3A05.000Z&t=true",
    );
    expect(encodeQuery(new URLSearchParams("a=1&a=2")).toString()).toBe("a=1&a=2");
  });
});
