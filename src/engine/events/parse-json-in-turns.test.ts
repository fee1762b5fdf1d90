import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJsonInTurns, parseTextInTurns } from "./parse-json-in-turns.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const native = (text: string) => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return "refused";
  }
};
const inTurns = async (text: string, pieceBytes: number) =>
  await parseJsonInTurns(bytes(text), pieceBytes).then(
    (value) => ({ value }),
    () => "refused",
  );

test("makes of every JSON what JSON.parse makes of it, however small the pieces are", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.json({ maxDepth: 6 }),
      fc.integer({ min: 1, max: 60 }),
      fc.boolean(),
      async (json, piece, wide) => {
        const text = wide ? JSON.stringify(JSON.parse(json), null, 2) : json;
        expect(await inTurns(text, piece)).toEqual(native(text));
      },
    ),
    { numRuns: 500 },
  );
});

test("refuses what JSON.parse refuses: JSON with something taken out, put in or doubled", async () => {
  const change = fc.record({
    json: fc.json({ maxDepth: 4 }),
    at: fc.nat(),
    cut: fc.nat({ max: 3 }),
    put: fc.constantFrom("", ",", "[", "]", "{", "}", '"', "\\", ":", " ", "1", "\ufeff", "null"),
  });
  await fc.assert(
    fc.asyncProperty(change, fc.integer({ min: 1, max: 30 }), async ({ json, at, cut, put }, piece) => {
      const where = at % (json.length + 1);
      const text = json.slice(0, where) + put + json.slice(where + cut);
      // Half a character is another one as bytes.
      fc.pre(text.isWellFormed() && !text.startsWith("\ufeff"));
      expect(await inTurns(text, piece)).toEqual(native(text));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  "[]",
  "{}",
  " [ ] ",
  "[,]",
  "[1,]",
  "[,1]",
  "[1,,2]",
  '{"a":1,}',
  '{,"a":1}',
  "[1}",
  "[{]}",
  "[1]]",
  "[1][2]",
  '{"a"}',
  '{"a" 1}',
  "{1:2}",
  '["a]',
  '["\\\\","\\""]',
  '{"__proto__":{"x":1},"constructor":2}',
  '{"a":1,"b":2,"a":3}',
  '{"2":1,"1":2}',
  '{"a":{"b":[1,2,{"c":[3,4,5,6,7,8,9]}]}}',
  "",
  "  ",
  "tru",
])("as JSON.parse: %s", async (text) => {
  for (const piece of [1, 2, 4, 1_000]) {
    const seen = await inTurns(text, piece);
    expect(seen).toEqual(native(text));
    expect(JSON.stringify(seen)).toBe(JSON.stringify(native(text)));
  }
});

test("a mark of the byte order is skipped at the beginning alone", async () => {
  expect(await inTurns("\ufeff[1]", 1)).toEqual({ value: [1] });
  expect(await inTurns("[1,\ufeff2]", 1)).toBe("refused");
});

test("what is nested a hundred thousand deep comes to an end", async () => {
  const text = "[".repeat(100_000) + "]".repeat(100_000);
  expect(await inTurns(text, 1_000)).toEqual(native(text) === "refused" ? "refused" : { value: expect.any(Array) });
});

test("others get their turn while 5 MiB are parsed", async () => {
  const items = Array.from({ length: 30_000 }, (_each, n) => ({
    id: n,
    name: `item ${n}`,
    tags: ["a", "b", { c: null }],
  }));
  const text = bytes(JSON.stringify({ kind: "list", pages: { items, note: "x".repeat(4_000_000) } }));
  expect(text.byteLength).toBeGreaterThan(5_000_000);
  await parseJsonInTurns(text);
  let turns = 0;
  let done = false;
  const others = () => {
    turns++;
    if (!done) setImmediate(others);
  };
  setImmediate(others);
  const parsed = await parseJsonInTurns(text);
  done = true;
  expect(parsed).toEqual(JSON.parse(new TextDecoder().decode(text)));
  expect(turns).toBeGreaterThan(3);
});

test("text of any size is what JSON.parse makes of it", async () => {
  const large = JSON.stringify(Array.from({ length: 40_000 }, (_each, n) => ({ n, name: `é ${n}` })));
  expect(large.length).toBeGreaterThan(256 * 1024);
  for (const text of [large, "null", '"\\ud800"']) expect(await parseTextInTurns(text)).toEqual(JSON.parse(text));
  await expect(parseTextInTurns(`${large}]`)).rejects.toThrow(SyntaxError);
  await expect(parseTextInTurns("{")).rejects.toThrow(SyntaxError);
});
