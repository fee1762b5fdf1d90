import fc from "fast-check";
import { expect, test } from "vitest";
import { parseBody, parseBodyInTurns } from "./parse-body.ts";
import { parseForm } from "./parse-form.ts";
import { parseFormInTurns } from "./parse-form-in-turns.ts";

const FORM = "application/x-www-form-urlencoded";
const bytes = (text: string) => new TextEncoder().encode(text);

/** What forms are made of, and what spoils them. */
const scrap = fc.constantFrom(
  ...["&", "=", "payload", "payload=", "a", "b=1", "+", "%20", "%2B", "%C3%A9", "%C3", "%", "%4", "%zz", "%EF%BB%BF"],
  ...["é", "\ufeff", "?", "%7B%22a%22%3A1%7D", "[1,2]", "__proto__=1", "%00", "7=8", "%ED%A0%80", "x".repeat(30)],
);

test("makes of every form what is made of it at once, however small the pieces are", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(scrap, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), async (scraps, piece) => {
      const body = bytes(scraps.join(""));
      const atOnce = body.length === 0 ? parseForm("") : parseBody(body, FORM);
      expect(await parseFormInTurns(body, piece)).toEqual(atOnce);
    }),
    { numRuns: 2_000 },
  );
});

test("the same of bytes that are no text", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      async (raw, piece) => {
        const body = Uint8Array.from([...bytes("payload=a&b="), ...raw]);
        expect(await parseFormInTurns(body, piece)).toEqual(parseBody(body, FORM));
      },
    ),
    { numRuns: 500 },
  );
});

test("JSON of some megabytes in the field `payload` is the payload, and others get their turn meanwhile", async () => {
  const records = Array.from({ length: 20_000 }, (_each, id) => ({ id, name: `a & b = ${id} é`, tags: ["x", null] }));
  const body = bytes(new URLSearchParams({ payload: JSON.stringify({ records }) }).toString());
  expect(body.byteLength).toBeGreaterThan(2_000_000);
  let turns = 0;
  let going = true;
  const others = () => {
    turns++;
    if (going) setImmediate(others);
  };
  setImmediate(others);
  const parsed = await parseBodyInTurns(body, FORM);
  going = false;
  expect(parsed).toEqual({ payload: { records }, format: "json" });
  expect(turns).toBeGreaterThan(3);
});

test("a hundred thousand fields are read in less time than somebody waits for", async () => {
  const body = bytes(Array.from({ length: 100_000 }, (_each, n) => `f${n}=${n}`).join("&"));
  const from = performance.now();
  const atOnce = parseBody(body, FORM);
  // Looking each of them up among all others took minutes.
  expect(performance.now() - from).toBeLessThan(10_000);
  expect(await parseBodyInTurns(body, FORM)).toEqual(atOnce);
});
