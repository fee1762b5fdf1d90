import { describe, expect, it } from "vitest";
import { debugEndpointSchema } from "../../../contract/records/debug.ts";
import { callText } from "./call-text.ts";
import { changeValue, valueAt } from "./change-value.ts";
import { checkDraft, draftOf, newDraft, requestOf } from "./draft.ts";
import { draftOfExchange } from "./draft-of-exchange.ts";
import { findEndpoint, groupEndpoints } from "./endpoints.ts";
import { matchTemplate, pathNames } from "./path-names.ts";

const endpoint = (name: string, method: string, path: string, schemas: object = {}) =>
  debugEndpointSchema.parse({
    ...{ name, method, path, summary: null, mutating: method !== "GET", bodyType: "json", paged: false },
    schemas: { responses: {}, ...schemas },
    examples: { responses: {} },
  });

const idParams = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };
const list = endpoint("listOrders", "GET", "/orders", {
  query: {
    type: "object",
    properties: {
      limit: { type: "integer", default: 100, maximum: 100 },
      open: { type: "boolean" },
      sort: { type: "string" },
    },
  },
});
const recent = endpoint("recentOrders", "GET", "/orders/recent");
const get = endpoint("getOrder", "GET", "/orders/:id", { params: idParams });
const create = endpoint("createOrder", "POST", "/orders", {
  headers: { type: "object", properties: { "x-shop": { type: "string" } }, required: ["x-shop"] },
  body: {
    type: "object",
    properties: { customerId: { type: "string" }, note: { type: "string" } },
    required: ["customerId"],
  },
});
const all = [list, recent, get, create];

describe("a draft", () => {
  it("begins with defaults, and says what is missing", () => {
    const draft = newDraft(list);
    expect(draft).toMatchObject({ method: "GET", path: "/orders", query: { limit: 100 } });
    expect(checkDraft(draft, list).count).toBe(0);
    const issues = checkDraft(newDraft(create), create);
    expect(issues.body.map(({ path, code }) => [path, code])).toEqual([[["customerId"], "required"]]);
    expect(issues.headers.map(({ path }) => path)).toEqual([["x-shop"]]);
    expect(checkDraft(newDraft(get), get)).toMatchObject({ count: 1, params: [{ path: ["id"], code: "required" }] });
  });

  it("sends what is written, also where it does not fit", () => {
    const draft = {
      ...newDraft(list),
      query: { limit: "many" },
      queryRows: [
        { name: "a", value: "1" },
        { name: "a", value: "2" },
      ],
    };
    expect(checkDraft(draft, list).query).toMatchObject([{ code: "type", path: ["limit"] }]);
    expect(requestOf(draft)).toEqual({
      method: "GET",
      path: "/orders",
      query: { limit: "many", a: ["1", "2"] },
      compare: true,
    });
    const body = { ...newDraft(create), bodyText: "{oops" };
    expect(checkDraft(body, create).body).toMatchObject([{ code: "type", wanted: "JSON" }]);
    expect(requestOf(body).body).toBe("{oops");
    expect(requestOf({ ...newDraft(get), params: { id: "a", stray: 1 }, body: { a: 1 } })).toEqual({
      ...{ method: "GET", path: "/orders/:id", params: { id: "a" }, compare: true },
    });
  });

  it("comes back from what was saved", () => {
    const request = requestOf({ ...newDraft(list), query: { limit: 3 } });
    expect(requestOf(draftOf(request, list))).toEqual(request);
    const free = {
      method: "GET",
      path: "/x",
      query: { a: ["1", "2"] },
      headers: { "x-a": "b" },
      compare: true,
    } as const;
    expect(requestOf(draftOf({ ...free, query: { a: ["1", "2"] } }, null))).toEqual(free);
  });

  it("is made of a call that was made, without its credentials", () => {
    const { draft, endpoint: found } = draftOfExchange(
      {
        method: "POST",
        url: "https://shop.example/api/orders?limit=5",
        requestHeaders: {
          authorization: "[redacted]",
          "x-shop": "no",
          "content-type": "application/json",
          "x-key": "a [redacted]",
        },
        requestBody: { text: '{"customerId":"c1"}', size: 19, truncated: false },
      },
      "https://shop.example/api",
      all,
    );
    expect(found?.name).toBe("createOrder");
    expect(requestOf(draft)).toEqual({
      ...{ method: "POST", path: "/orders", query: { limit: "5" }, headers: { "x-shop": "no" } },
      ...{ body: { customerId: "c1" }, compare: true },
    });
    const call = (url: string) =>
      requestOf(
        draftOfExchange({ method: "GET", url, requestHeaders: {}, requestBody: null }, "https://shop.example/api/", all)
          .draft,
      );
    expect(call("https://shop.example/api/orders/or%2F1")).toMatchObject({
      path: "/orders/:id",
      params: { id: "or/1" },
    });
    expect(call("https://shop.example/api/orders?limit=5&open=true&sort=3")).toMatchObject({
      query: { limit: 5, open: true, sort: "3" },
    });
    expect(call("https://shop.example/elsewhere")).toEqual({ method: "GET", path: "/elsewhere", compare: true });
  });
});

it("finds endpoints by template, by the most fixed text, and by search", () => {
  expect(findEndpoint(all, "GET", "/orders/recent")?.name).toBe("recentOrders");
  expect(findEndpoint(all, "GET", "/orders/7?x=1")?.name).toBe("getOrder");
  expect(findEndpoint(all, "GET", "/orders/:id")?.name).toBe("getOrder");
  expect(findEndpoint(all, "DELETE", "/orders/7")).toBeUndefined();
  expect(groupEndpoints(all, "").map(({ name, endpoints }) => [name, endpoints.length])).toEqual([["orders", 4]]);
  expect(groupEndpoints(all, "post ord").flatMap(({ endpoints }) => endpoints.map(({ name }) => name))).toEqual([
    "createOrder",
  ]);
});

it("reads the names of a path", () => {
  expect(pathNames("/a/:id/b/{other}.json?x=:no")).toEqual(["id", "other"]);
  expect(pathNames("/time/12:30")).toEqual([]);
  expect(matchTemplate("/a/{id}.json", "/a/7.json")).toEqual({ id: "7" });
  expect(matchTemplate("/a/:id", "/a")).toBeNull();
});

it("changes one place and leaves the rest", () => {
  const value = { a: [{ b: 1 }], c: 2 };
  expect(changeValue(value, ["a", 0, "b"], 3)).toEqual({ a: [{ b: 3 }], c: 2 });
  expect(changeValue(value, ["c"], undefined)).toEqual({ a: [{ b: 1 }] });
  expect(changeValue(undefined, ["x", 0], "y")).toEqual({ x: ["y"] });
  expect(value).toEqual({ a: [{ b: 1 }], c: 2 });
  expect([valueAt(value, ["a", 0, "b"]), valueAt(value, ["a", "toString"]), valueAt(value, ["c", "d"])]).toEqual([
    1,
    undefined,
    undefined,
  ]);
});

it("writes the call as TypeScript", () => {
  expect(callText("sandbox", get, { path: "/orders/:id", params: { id: "or_1" } })).toBe(
    'const answer = await sandbox.call("getOrder", {\n  params: { id: "or_1" },\n});',
  );
  expect(callText("my-shop", null, { method: "DELETE", path: "/x" })).toBe(
    'const answer = await myShop.request("DELETE", "/x");',
  );
  const body = { "odd name": [1, null], long: "x".repeat(80) };
  expect(callText("shop", create, { path: "/orders", body })).toBe(
    `const answer = await shop.call("createOrder", {\n  body: {\n    "odd name": [1, null],\n    long: "${"x".repeat(80)}",\n  },\n});`,
  );
});
