import { bearer, catchEvent, fromVar, githubSignature, plug, wire } from "khotan";
import { expect, it } from "vitest";
import { createTestDatabase } from "../../tests/support/database.ts";
import { signedWebhook } from "./signed-webhook.ts";
import { startTestHub } from "./start-test-hub.ts";

it("takes a signed webhook to its handler, and refuses one that is signed wrong", async () => {
  const database = await createTestDatabase();
  let handled: (type: string) => void = () => undefined;
  const seen = new Promise<string>((resolve) => {
    handled = resolve;
  });
  const shop = plug({
    name: "shop",
    baseUrl: "http://127.0.0.1:9",
    auth: bearer(fromVar("token")),
    vars: [{ key: "token", label: "Token", type: "password" }],
  });
  const hub = await startTestHub({
    databaseUrl: database.url,
    plugs: [
      {
        plug: shop,
        wires: [wire({ events: ["*"], verify: githubSignature() })],
        catches: [catchEvent({ name: "keep", events: ["*"], run: async (ctx) => handled(ctx.eventType) })],
      },
    ],
  });
  try {
    expect((await hub.request("POST", "/wires/shop", { vars: { webhookSecret: "s3cret" } })).status).toBe(200);
    const webhook = {
      plug: "shop",
      scheme: githubSignature(),
      body: { ref: "main" },
      headers: { "X-GitHub-Event": "push" },
    };
    expect((await hub.send(signedWebhook({ ...webhook, secret: "s3cret" }))).status).toBe(202);
    expect(await seen).toBe("push");
    expect((await hub.send(signedWebhook({ ...webhook, secret: "wrong" }))).status).toBe(401);
  } finally {
    await hub.stop();
    await database.drop();
  }
});
