import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { newUuid } from "../../contract/index.ts";
import { type HttpReceiver, startReceiver } from "../alerts/testing/http-receiver.ts";
import { bearer, fromVar, plug } from "../index.ts";

let database: TestDatabase;
let receiver: HttpReceiver;
let hub: HttpHub;

beforeEach(async () => {
  database = await createTestDatabase();
  receiver = await startReceiver();
  const vars = [{ key: "token", label: "Token", type: "password", required: true }] as const;
  const slack = plug({ name: "slack", baseUrl: `${receiver.url}/api`, vars, auth: bearer(fromVar("token")) });
  hub = createHttpHub(database.url, { plugs: [{ plug: slack }] });
  await hub.khotan.ready();
});
afterEach(async () => {
  await hub.stop();
  receiver.stop();
  await database.drop();
});

const INCIDENT = `/alerts/incidents/inc_${"0".repeat(26)}`;
const make = (body: unknown) => hub.send("admin", "POST", "/alerts/channels", { body });

test.each([
  ["GET", "/alerts/rules", null],
  ["POST", "/alerts/rules", "operator"],
  ["PATCH", "/alerts/rules/alr_x", "operator"],
  ["DELETE", "/alerts/rules/alr_x", "operator"],
  ["GET", "/alerts/channels", "operator"],
  ["POST", "/alerts/channels", "operator"],
  ["PATCH", "/alerts/channels/alc_x", "operator"],
  ["DELETE", "/alerts/channels/alc_x", "operator"],
  ["POST", "/alerts/channels/alc_x/test", "operator"],
  ["GET", "/alerts/incidents", null],
  ["POST", `${INCIDENT}/acknowledge`, "viewer"],
] as const)("is protected: %s %s", async (method, path, tooWeak) => {
  const body = method === "POST" || method === "PATCH" ? {} : undefined;
  expect((await hub.send(null, method, path, { body })).status).toBe(401);
  if (tooWeak) expect((await hub.send(tooWeak, method, path, { body })).status).toBe(403);
});

describe("rules", () => {
  test("a new hub has sensible ones, and one that was deleted stays deleted", async () => {
    const { json } = await hub.send("viewer", "GET", "/alerts/rules");
    expect(json.items.map((rule: { metric: string }) => rule.metric).sort()).toEqual([
      "backlog_age",
      "breaker_open",
      "connection_broken",
      "dead_letters",
      "disk_free",
      "failure_rate",
      "storage_bytes",
      "wire_broken",
      "wire_expiring",
    ]);
    await hub.send("admin", "DELETE", `/alerts/rules/${json.items[0].id}`);
    expect((await hub.send("viewer", "GET", "/alerts/rules")).json.items).toHaveLength(8);
  });

  test("can be made, changed and removed", async () => {
    const body = { name: "Ours", metric: "dead_letters", threshold: 5 };
    const made = await hub.send("admin", "POST", "/alerts/rules", { body });
    expect([made.status, made.json.severity, made.json.forMinutes]).toEqual([201, "warning", 0]);
    expect((await hub.send("admin", "POST", "/alerts/rules", { body })).status).toBe(409);
    const path = `/alerts/rules/${made.json.id}`;
    const changed = await hub.send("admin", "PATCH", path, { body: { threshold: 9, enabled: false } });
    expect(changed.json).toMatchObject({ name: "Ours", threshold: 9, enabled: false });
    expect((await hub.send("admin", "DELETE", path)).status).toBe(200);
    expect((await hub.send("admin", "PATCH", path, { body: {} })).status).toBe(404);
    const actions = (await hub.send("admin", "GET", "/audit")).json.items.map(
      (entry: { action: string }) => entry.action,
    );
    expect(actions).toEqual(["alert_rule.delete", "alert_rule.update", "alert_rule.create"]);
  });

  test.each([
    [{ metric: "dead_letters" }, "threshold"],
    [{ metric: "wire_broken", threshold: 1 }, "threshold"],
    [{ metric: "dead_letters", threshold: 1, channelIds: ["alc_nothing"] }, "channelIds.0"],
    [{ metric: "moon_phase" }, "metric"],
  ])("that make no sense are refused: %j", async (rule, path) => {
    const answer = await hub.send("admin", "POST", "/alerts/rules", { body: { name: "Odd", ...rule } });
    expect([answer.status, answer.json.error.issues[0].path]).toEqual([422, path]);
  });

  test("whoever may see some tenants sees and makes rules of theirs only", async () => {
    const rule = (tenant: string | null) => ({ name: `of ${tenant}`, metric: "wire_broken", tenant });
    expect((await hub.send("acme", "POST", "/alerts/rules", { body: rule(null) })).status).toBe(403);
    expect((await hub.send("acme", "POST", "/alerts/rules", { body: rule("globex") })).status).toBe(403);
    const mine = await hub.send("acme", "POST", "/alerts/rules", { body: rule("acme") });
    const theirs = await hub.send("globex", "POST", "/alerts/rules", { body: rule("globex") });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    const seen = (await hub.send("acme", "GET", "/alerts/rules")).json.items;
    expect(seen.map((one: { id: string }) => one.id)).toEqual([mine.json.id]);
    const other = `/alerts/rules/${theirs.json.id}`;
    expect((await hub.send("acme", "PATCH", other, { body: { enabled: false } })).status).toBe(404);
    expect((await hub.send("acme", "DELETE", other)).status).toBe(404);
    expect((await hub.send("acme", "PATCH", `/alerts/rules/${mine.json.id}`, { body: { tenant: null } })).status).toBe(
      403,
    );
  });
});

describe("channels", () => {
  test("keep their secrets: encrypted where they are stored, masked where they are shown", async () => {
    const url = `${receiver.url}/services/T000/B000/very-secret`;
    const made = await make({ kind: "slack", name: "Slack", config: { url } });
    const hook = await make({
      kind: "webhook",
      name: "Hook",
      config: { url: `${receiver.url}/hook?token=very-secret` },
    });
    expect([made.status, hook.status]).toEqual([201, 201]);
    expect(hook.json.secret).toMatch(/^whsec_/);
    const list = await hub.send("admin", "GET", "/alerts/channels");
    const stored = JSON.stringify(await hub.sql`select * from khotan_alert_channels`);
    for (const text of [JSON.stringify(list.json), stored, JSON.stringify(made.json)]) {
      expect(text).not.toContain("very-secret");
      expect(text).not.toContain(hook.json.secret);
    }
    expect(list.json.items.map((one: { target: string }) => one.target)).toEqual([
      `${receiver.url}/hook`,
      `${receiver.url}/…`,
    ]);
  });

  test("are for who sees every tenant", async () => {
    const config = { url: receiver.url };
    expect((await hub.send("acme", "GET", "/alerts/channels")).status).toBe(403);
    expect(
      (await hub.send("acme", "POST", "/alerts/channels", { body: { kind: "webhook", name: "x", config } })).status,
    ).toBe(403);
  });

  test("change field by field, and what was not named stays", async () => {
    const config = {
      host: "127.0.0.1",
      port: 2525,
      from: "hub@example.com",
      to: ["a@example.com"],
      password: "p",
      user: "u",
    };
    const { json } = await make({ kind: "email", name: "Mail", config });
    const patch = { config: { to: ["b@example.com"], port: 25 }, enabled: false };
    const changed = await hub.send("admin", "PATCH", `/alerts/channels/${json.id}`, { body: patch });
    expect(changed.json).toMatchObject({ target: "b@example.com", enabled: false, name: "Mail" });
    const wrong = await hub.send("admin", "PATCH", `/alerts/channels/${json.id}`, {
      body: { config: { port: "many" } },
    });
    expect([wrong.status, wrong.json.error.issues[0].path]).toEqual([422, "config.port"]);
  });

  test("that a rule names cannot be removed", async () => {
    const { json } = await make({ kind: "webhook", name: "Hook", config: { url: receiver.url } });
    const body = { name: "Ours", metric: "wire_broken", channelIds: [json.id] };
    const rule = await hub.send("admin", "POST", "/alerts/rules", { body });
    expect(rule.json.channelIds).toEqual([json.id]);
    expect((await hub.send("admin", "DELETE", `/alerts/channels/${json.id}`)).status).toBe(409);
    await hub.send("admin", "DELETE", `/alerts/rules/${rule.json.id}`);
    expect((await hub.send("admin", "DELETE", `/alerts/channels/${json.id}`)).status).toBe(200);
  });

  test.each(["http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "file:///etc/passwd"])(
    "into a private network are refused: %s",
    async (url) => {
      const answer = await make({ kind: "webhook", name: "Inside", config: { url } });
      expect([answer.status, answer.json.error.code]).toEqual(
        url.startsWith("file:") ? [422, "validation_failed"] : [502, "upstream_blocked"],
      );
    },
  );
});

describe("the test button", () => {
  const press = async (id: string) => (await hub.send("admin", "POST", `/alerts/channels/${id}/test`)).json;

  test("tells Slack by its incoming webhook", async () => {
    const { json } = await make({ kind: "slack", name: "Slack", config: { url: `${receiver.url}/services/x` } });
    expect(await press(json.id)).toEqual({ ok: true, error: null });
    expect(JSON.parse(receiver.heard[0]?.body ?? "{}")).toEqual({
      text: "Khotan: this is a test of the alert channel",
      blocks: [
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: "*Khotan: this is a test of the alert channel*\nAlerts of this hub will arrive here.",
          },
        },
      ],
    });
  });

  test("tells Slack as a bot, and hears when Slack refuses with a 200", async () => {
    await hub.send("admin", "POST", "/variables/slack", { body: { token: "xoxb-1" } });
    const { json } = await make({ kind: "slack", name: "Bot", config: { plug: "slack", channel: "#alerts" } });
    expect(await press(json.id)).toEqual({ ok: true, error: null });
    expect(receiver.heard[0]).toMatchObject({
      path: "/api/chat.postMessage",
      headers: { authorization: "Bearer xoxb-1" },
    });
    expect(JSON.parse(receiver.heard[0]?.body ?? "{}").channel).toBe("#alerts");
    receiver.answer(200, '{"ok":false,"error":"not_in_channel"}');
    expect(await press(json.id)).toEqual({ ok: false, error: "Slack refused the message: not_in_channel." });
    const [channel] = (await hub.send("admin", "GET", "/alerts/channels")).json.items;
    expect(channel.lastError).toContain("not_in_channel");
  });

  test("sends a mail by SMTP, signed in", async () => {
    const mails: { to: string[]; text: string; user: unknown }[] = [];
    const server = new SMTPServer({
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ["STARTTLS"],
      onAuth: ({ username, password }, _session, done) =>
        password === "right" ? done(null, { user: username }) : done(new Error("wrong password")),
      onData(stream, session, done) {
        let text = "";
        stream.on("data", (chunk) => {
          text += String(chunk);
        });
        stream.on("end", () => {
          mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text, user: session.user });
          done();
        });
      },
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const to = ["Ops <ops@example.com>", "b@example.com"];
    const config = { host: "localhost", port, user: "u", password: "right", from: "hub@example.com", to };
    const { json } = await make({ kind: "email", name: "Mail", config });
    expect(await press(json.id)).toEqual({ ok: true, error: null });
    expect(mails[0]).toMatchObject({ to: ["ops@example.com", "b@example.com"], user: "u" });
    expect(mails[0]?.text).toMatch(/^Subject: Khotan: this is a test of the alert channel\r$/m);
    expect(mails[0]?.text).toMatch(/^Message-ID: <ntf_[0-9a-z]{26}@khotan>\r$/m);
    await hub.send("admin", "PATCH", `/alerts/channels/${json.id}`, { body: { config: { password: "wrong" } } });
    const refused = await press(json.id);
    expect(refused.ok).toBe(false);
    expect(JSON.stringify(refused)).not.toContain("right");
    await new Promise<void>((closed) => server.close(closed));
  });

  test("never reaches a private address that a name leads to", async () => {
    const config = { host: "10.0.0.1", from: "hub@example.com", to: ["a@example.com"] };
    const { json } = await make({ kind: "email", name: "Mail", config });
    const answer = await press(json.id);
    expect(answer.ok).toBe(false);
    expect(answer.error).toMatch(/10\.0\.0\.1/);
  });
});

describe("incidents", () => {
  const TENANTS = ["acme", "globex", null, "acme", "globex"];

  beforeEach(async () => {
    for (const tenant of TENANTS) {
      await hub.sql`
        insert into khotan_alert_incidents (
          id, rule_id, rule_name, metric, severity, status, subject, subject_key, plug, tenant, value, worst_value, since, opened_at
        ) values (
          ${newUuid()}, ${newUuid()}, 'A wire is broken', 'wire_broken', 'critical', 'open',
          ${JSON.stringify({ type: "wire", key: "k", label: "slack/x" })}::text::jsonb, 'k', 'slack', ${tenant}, 1, 1, now(), now()
        )`;
    }
  });

  const tenantsOf = async (who: "admin" | "acme" | "both", query = "") =>
    (await hub.send(who, "GET", `/alerts/incidents${query}`)).json.items.map(
      (one: { tenant: string | null }) => one.tenant,
    );

  test("whoever may see some tenants sees theirs only", async () => {
    expect(await tenantsOf("admin")).toEqual([...TENANTS].reverse());
    expect(await tenantsOf("acme")).toEqual(["acme", "acme"]);
    expect(await tenantsOf("both", "?tenant=globex")).toEqual(["globex", "globex"]);
    expect((await hub.send("acme", "GET", "/alerts/incidents?tenant=globex")).status).toBe(403);
    expect(await tenantsOf("admin", "?status=resolved")).toEqual([]);
    expect(await tenantsOf("admin", "?severity=critical&plug=slack")).toHaveLength(5);
  });

  test("are paged", async () => {
    const first = (await hub.send("admin", "GET", "/alerts/incidents?limit=3")).json;
    const second = (await hub.send("admin", "GET", `/alerts/incidents?limit=3&cursor=${first.page.next}`)).json;
    const ids = [...first.items, ...second.items].map((one: { id: string }) => one.id);
    expect([new Set(ids).size, second.page.next]).toEqual([5, null]);
  });

  test("are acknowledged once, and by who may see them", async () => {
    const { items } = (await hub.send("globex", "GET", "/alerts/incidents")).json;
    const path = `/alerts/incidents/${items[0].id}/acknowledge`;
    expect((await hub.send("acme", "POST", path)).status).toBe(404);
    const taken = await hub.send("operator", "POST", path);
    expect([taken.status, taken.json.acknowledgedBy]).toEqual([200, "key_operator"]);
    expect((await hub.send("globex", "POST", path)).json.acknowledgedBy).toBe("key_operator");
    await hub.sql`update khotan_alert_incidents set status = 'resolved'`;
    expect((await hub.send("operator", "POST", path)).status).toBe(409);
  });
});
