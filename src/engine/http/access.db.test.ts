import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { api, ERROR_STATUS, encodeId, newUuid, ROLES, type Role, type RouteDefinition } from "../../contract/index.ts";
import { catchEvent, none, plug } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;

const plugs = [
  {
    plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
    catches: [catchEvent({ name: "note", run: async () => undefined })],
  },
];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs, cronSecret: "the-cron-secret" });
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const routes: readonly (readonly [string, RouteDefinition])[] = Object.entries(api);
const isRole = (access: string): access is Role => ROLES.some((role) => role === access);
const pathOf = (route: RouteDefinition) =>
  route.path.replace("{plug}", "shop").replace("{tenant}", "default").replace("{id}", encodeId("run", newUuid()));
const send = (who: Who | null, route: RouteDefinition, headers = {}) =>
  hub.send(who, route.method.toUpperCase(), pathOf(route), { headers });

describe.each(routes)("%s", (_, route) => {
  test("is protected", async () => {
    const answer = await send(null, route);
    if (isRole(route.access) || route.access === "cron") {
      expect(answer.status).toBe(401);
      expect(answer.json.error.code).toBe("unauthenticated");
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
    } else {
      expect(answer.status).not.toBe(401);
    }
  });

  test.runIf(isRole(route.access))("refuses wrong credentials, and a role that is too weak", async () => {
    expect((await send("nobody-we-know", route)).status).toBe(401);
    const weaker = isRole(route.access) ? ROLES[ROLES.indexOf(route.access) - 1] : undefined;
    if (!weaker) return;
    const answer = await send(weaker, route);
    expect(answer.status).toBe(403);
    expect(answer.json.error).toMatchObject({ code: "forbidden", message: expect.stringContaining(route.access) });
  });

  test("names its request, and no error is without code and message", async () => {
    const answer = await send(null, route, { "x-request-id": "mine" });
    expect(answer.headers.get("x-request-id")).toMatch(/^req_[0-9a-z]{16}$/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    if (answer.status < 400 || answer.json?.error === undefined) return;
    expect(answer.json.requestId).toBe(answer.headers.get("x-request-id"));
    expect(answer.json.error.message).not.toBe("");
    expect(ERROR_STATUS).toHaveProperty(answer.json.error.code, answer.status);
  });
});

describe("the cron route", () => {
  test("opens for its secret only, and for nobody when there is none", async () => {
    const call = (target: HttpHub, authorization: string) =>
      target.send(null, "POST", "/cron", { headers: { authorization } });
    expect((await call(hub, "Bearer the-cron-secret")).status).toBe(200);
    expect((await call(hub, "bearer the-cron-secret")).status).toBe(200);
    for (const wrong of ["Bearer the-cron-secre", "Bearer ", "the-cron-secret", "Bearer admin"]) {
      expect((await call(hub, wrong)).status).toBe(401);
    }
    const without = createHttpHub(database.url, { plugs, cronSecret: undefined });
    try {
      const answer = await call(without, "Bearer undefined");
      expect(answer.json.error).toMatchObject({
        code: "unauthenticated",
        hint: expect.stringContaining("CRON_SECRET"),
      });
    } finally {
      await without.stop();
    }
  });
});

describe("authorize", () => {
  const withAuthorize = async (authorize: Parameters<typeof createHttpHub>[1]["authorize"], path = "/plugs") => {
    const other = createHttpHub(database.url, { plugs, authorize });
    try {
      return await other.send("admin", "GET", path);
    } finally {
      await other.stop();
    }
  };

  test("that is missing lets nobody in, and says what to do", async () => {
    const answer = await withAuthorize(undefined);
    expect(answer.json.error).toMatchObject({ code: "unauthenticated", hint: expect.stringContaining("authorize") });
  });

  test("may say true for everything", async () => {
    expect((await withAuthorize(() => true, "/audit")).status).toBe(200);
    expect((await withAuthorize(() => false, "/audit")).status).toBe(401);
  });

  test("that returns nonsense or throws lets nobody in and tells nothing", async () => {
    // @ts-expect-error a principal without a role
    const nonsense = await withAuthorize(() => ({ id: "x", tenants: "*" }));
    const thrown = await withAuthorize(() => {
      throw new Error("the password is swordfish");
    });
    for (const answer of [nonsense, thrown]) {
      expect(answer.status).toBe(500);
      expect(answer.json.error.code).toBe("internal");
      expect(JSON.stringify(answer.json)).not.toContain("swordfish");
    }
  });
});

describe("a change by a browser", () => {
  const cookies = () => createHttpHub(database.url, { plugs, authorize: () => true });
  const change = (target: HttpHub, headers: Record<string, string | undefined>) =>
    target.send(null, "PATCH", "/plugs/shop", { body: { enabled: true }, headers });

  test("is refused when a page of another site asks for it", async () => {
    const target = cookies();
    try {
      for (const headers of [
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
        { origin: "https://evil.example" },
        { origin: "null" },
      ]) {
        expect((await change(target, headers)).json.error.code).toBe("forbidden");
      }
      for (const headers of [{ "sec-fetch-site": "same-origin" }, { origin: "http://hub.test" }, {}]) {
        expect((await change(target, headers)).status).toBe(200);
      }
      expect((await target.send(null, "GET", "/plugs", { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(
        200,
      );
    } finally {
      await target.stop();
    }
  });

  test("is not asked for its site when it carries a key", async () => {
    const answer = await hub.send("operator", "PATCH", "/plugs/shop", {
      body: { enabled: true },
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(answer.status).toBe(200);
  });
});

describe("paths and methods", () => {
  test("what is not there is 404, also beside and above the base path", async () => {
    for (const path of [
      "/nothing",
      "/plugs/",
      "http://hub.test/api/other/plugs",
      "http://hub.test/plugs",
      "http://hub.test/api/khotanx/health",
    ]) {
      const answer = await hub.send("admin", "GET", path);
      expect([path, answer.status, answer.json.error.code]).toEqual([path, 404, "not_found"]);
    }
  });

  test("another method is 405 and says what is possible", async () => {
    const answer = await hub.send("admin", "DELETE", "/plugs/shop");
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, HEAD, OPTIONS, PATCH");
    expect(answer.json.error.code).toBe("method_not_allowed");
    const options = await hub.send(null, "OPTIONS", "/webhook/shop");
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS, POST"]);
    expect((await hub.send(null, "HEAD", "/plugs")).status).toBe(401);
  });

  test("another base path moves everything", async () => {
    const moved = createHttpHub(database.url, { plugs, basePath: "/hub" });
    try {
      expect((await moved.send(null, "GET", "http://hub.test/hub/health")).status).toBe(200);
      expect((await moved.send(null, "GET", "/health")).status).toBe(404);
    } finally {
      await moved.stop();
    }
  });
});

test("without a database the API says so, and still lives", async () => {
  const homeless = createHttpHub("postgres://nobody@127.0.0.1:1/none", { plugs });
  try {
    expect((await homeless.send(null, "GET", "/health")).json).toEqual({ ok: true });
    const ready = await homeless.send(null, "GET", "/ready");
    expect([ready.status, ready.json.ready, ready.json.database]).toEqual([503, false, false]);
    for (const [who, method, path] of [
      ["viewer", "GET", "/runs"],
      [null, "POST", "/webhook/shop"],
    ] as const) {
      const answer = await homeless.send(who, method, path);
      expect([answer.status, answer.json.error.code]).toEqual([503, "database_unavailable"]);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
  } finally {
    await homeless.stop();
  }
});
