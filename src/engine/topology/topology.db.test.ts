import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { type Topology, topologySchema } from "../../contract/index.ts";
import { catchEvent, githubSignature, none, PermanentError, pass, plug, wire } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
const SECRET = "a-shared-secret";

beforeAll(async () => {
  database = await createTestDatabase();
  const desk = plug({ name: "desk", baseUrl: "https://desk.example", auth: none() });
  hub = createHttpHub(database.url, {
    plugs: [
      {
        plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
        wires: [wire({ verify: githubSignature() })],
        catches: [
          catchEvent({
            name: "orders",
            run: async () => {
              throw new PermanentError("No such order.");
            },
          }),
        ],
        passes: [pass({ name: "to-desk", to: "desk", events: ["never"], map: () => ({ method: "POST", path: "/" }) })],
      },
      { plug: desk },
    ],
  });
  await hub.khotan.start();
  await hub.send("admin", "POST", "/wires/shop", { body: { vars: { webhookSecret: SECRET } } });
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const read = async (who: string, search = ""): Promise<Topology> =>
  topologySchema.parse((await hub.send(who, "GET", `/topology${search}`)).json);

describe("GET /topology", () => {
  test("is protected", async () => {
    expect((await hub.send(null, "GET", "/topology")).status).toBe(401);
  });

  test("shows what is registered and how it is connected", async () => {
    const { nodes, edges } = await read("viewer");
    expect(nodes.map(({ id, kind }) => (id.startsWith("handler:") ? kind : id))).toEqual([
      "plug:desk",
      "plug:shop",
      "catch",
      "pass",
      "destination:desk",
      "database",
    ]);
    expect(edges).toHaveLength(4);
  });

  test("counts what came in, and says where a person is needed", async () => {
    const body = new TextEncoder().encode("{}");
    const signed = githubSignature().sign?.({ method: "POST", url: "http://hub.test", headers: {}, body }, SECRET);
    const headers = { ...signed?.headers, "x-github-event": "push", "x-github-delivery": "1" };
    expect((await hub.send(null, "POST", "/webhook/shop", { raw: body, headers })).status).toBe(202);
    const orders = await eventually(
      async () => (await read("viewer")).nodes.find(({ name }) => name === "orders"),
      (node) => node?.health === "bad",
    );
    expect(orders).toMatchObject({ trouble: "dead", troubleCount: 1 });
  });

  test("refuses a window that there are no figures for", async () => {
    expect((await hub.send("viewer", "GET", "/topology?window=7")).status).toBe(422);
  });
});
