import { expect, test } from "vitest";
import { z } from "zod";
import { compareAnswer } from "./compare-answer.ts";

const product = z.object({
  id: z.string().startsWith("prod_"),
  price: z.coerce.number(),
  state: z.enum(["open", "done"]).default("open"),
});
const endpoint = {
  responses: { 200: z.object({ items: z.array(product) }), 404: z.strictObject({ error: z.string() }) },
};
const compare = (status: number, body: unknown) => compareAnswer("listProducts", endpoint, { status, body });
const none = { missing: [], extra: [], wrongType: [], invalid: [] };

test("an answer that fits is fine, also where the schema takes more than it says", async () => {
  const body = {
    items: [
      { id: "prod_1", price: "12.5" },
      { id: "prod_2", price: 3, state: "done" },
    ],
  };
  expect(await compare(200, body)).toEqual({
    endpoint: "listProducts",
    ok: true,
    undeclaredStatus: null,
    declaredStatuses: [200, 404],
    ...none,
  });
});

test("what is extra does no harm, unless the schema is strict", async () => {
  const extra = [{ path: "$.more", count: 1, actual: "boolean" }];
  expect(await compare(200, { items: [], more: true })).toMatchObject({ ok: true, ...none, extra });
  expect(await compare(404, { error: "x", more: true })).toMatchObject({ ok: false, ...none, extra });
});

test("a status that is not declared is named", async () => {
  expect(await compare(500, "oops")).toMatchObject({ ok: false, undeclaredStatus: 500, ...none });
});

test("the same in many items is one line with a count and the first place", async () => {
  const items = Array.from({ length: 50 }, (_, no) => (no % 2 ? { id: no, price: 1, colour: "red" } : { price: 1 }));
  expect(await compare(200, { items })).toMatchObject({
    ok: false,
    missing: [{ path: "$.items[0].id", count: 25, expected: "string" }],
    wrongType: [{ path: "$.items[1].id", count: 25, expected: "string", actual: "integer" }],
    extra: [{ path: "$.items[1].colour", count: 25, actual: "string" }],
    invalid: [],
  });
});

test("what has the right type and is refused all the same is invalid, with the reason", async () => {
  const answer = await compare(200, { items: [{ id: "cus_1", price: 1 }] });
  expect(answer).toMatchObject({ ok: false, ...none, invalid: [{ path: "$.items[0].id" }] });
  expect(answer.invalid[0]?.message).toMatch(/prod_/);
});

test("no body where there should be one is missing", async () => {
  expect(await compare(200, undefined)).toMatchObject({ ok: false, missing: [{ path: "$", expected: "object" }] });
});
