import { expect, it } from "vitest";
import { conformingAnswer } from "./conforming-answer.ts";

const answer = (status: number, body: unknown) => conformingAnswer({ status, headers: {}, body }, false);

it("leaves a conforming answer as it is, but for an id token that nobody checks", () => {
  const body = { access_token: "a", token_type: "Bearer", expires_in: 3600, refresh_token: "r", scope: "read" };
  expect(answer(200, { ...body, id_token: "x.y.z" })).toEqual({ status: 200, body: { ...body, token_type: "bearer" } });
  expect(
    conformingAnswer({ status: 200, headers: {}, body: { ...body, id_token: "x.y.z" } }, true).body,
  ).toHaveProperty("id_token", "x.y.z");
});

it.each([
  [
    "Shopify: no type",
    200,
    { access_token: "a", scope: "read" },
    { access_token: "a", token_type: "bearer", scope: "read" },
  ],
  [
    "Slack: a type of its own",
    200,
    { ok: true, access_token: "a", token_type: "bot" },
    { ok: true, access_token: "a", token_type: "bearer" },
  ],
  ["created", 201, { access_token: "a" }, { access_token: "a", token_type: "bearer" }],
  [
    "a form",
    200,
    "access_token=a&scope=x+y&token_type=bearer",
    { access_token: "a", scope: "x y", token_type: "bearer" },
  ],
  [
    "nulls",
    200,
    { access_token: "a", refresh_token: null, expires_in: null, scope: "" },
    { access_token: "a", token_type: "bearer" },
  ],
  [
    "a list of scopes",
    200,
    { access_token: "a", scope: ["x", "y"] },
    { access_token: "a", scope: "x y", token_type: "bearer" },
  ],
])("%s", (_, status, body, expected) => {
  expect(answer(status, body)).toEqual({ status: 200, body: expected });
});

it.each([
  ["GitHub", 200, { error: "bad_refresh_token", error_description: "gone" }, 400, "invalid_grant"],
  ["Slack", 200, { ok: false, error: "invalid_refresh_token" }, 400, "invalid_grant"],
  ["an honest error", 401, { error: "invalid_client" }, 401, "invalid_client"],
])("errors: %s", (_, status, body, expectedStatus, error) => {
  expect(answer(status, body)).toMatchObject({ status: expectedStatus, body: { error } });
});

it.each([
  ["a page", "<html>"],
  ["a list", [1]],
  ["nothing", null],
])("is empty for %s", (_, body) => {
  expect(answer(502, body)).toEqual({ status: 502, body: {} });
});
