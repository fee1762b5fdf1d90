import { describe, expect, it } from "vitest";
import { anyAddress } from "../../engine/plugs/testing/any-address.ts";
import { fakeClock } from "../../engine/plugs/testing/fake-clock.ts";
import { json, localServer } from "../../engine/plugs/testing/local-server.ts";
import { slack } from "./slack.ts";

type Answer = readonly [status: number, body: unknown, headers?: Record<string, string>];

const message = { channel: "#billing", text: "Paid: 5 €" };
const posted: Answer = [200, { ok: true, channel: "C1", ts: "1700000000.000100", message: { text: "Paid: 5 €" } }];
const refused = (error: string): Answer => [200, { ok: false, error }];

/** A Slack that gives these answers in turn, the last one for ever. */
async function slackApi(...answers: readonly Answer[]) {
  const server = await localServer((_request, response, count) =>
    json(response, ...(answers[Math.min(count, answers.length) - 1] ?? posted)),
  );
  const clock = fakeClock();
  const vars = { botToken: "xoxb-123456", channel: "#billing", baseUrl: `${server.url}/api` };
  const bound = slack.bind({ tenant: "t", vars, guard: anyAddress, clock });
  return { server, clock, bound, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe("slack", () => {
  it("writes to a channel", async () => {
    await using api = await slackApi(posted);
    const { body } = await api.bound.call("chatPostMessage", { body: message });
    expect(body).toMatchObject({ channel: "C1", ts: "1700000000.000100" });
    expect(api.server.seen[0]).toMatchObject({
      method: "POST",
      url: "/api/chat.postMessage",
      headers: { authorization: "Bearer xoxb-123456", "content-type": "application/json" },
    });
    expect(JSON.parse(Buffer.from(api.server.seen[0]?.body ?? "", "latin1").toString("utf8"))).toEqual(message);
  });

  it("tells who the token belongs to", async () => {
    const who = { ok: true, url: "https://a.slack.com/", team: "A", user: "bot", team_id: "T1", user_id: "U1" };
    await using api = await slackApi([200, { ...who, bot_id: "B1" }]);
    expect((await api.bound.call("authTest")).body).toEqual({ ...who, bot_id: "B1" });
  });

  it.each(["channel_not_found", "invalid_auth", "missing_scope"])("calls %s an error that will stay", async (error) => {
    await using api = await slackApi(refused(error));
    await expect(api.bound.call("chatPostMessage", { body: message })).rejects.toMatchObject({
      name: "PlugHttpError",
      code: `slack.${error}`,
      status: 200,
      retryable: false,
      hint: expect.stringMatching(/\.$/),
    });
    expect(api.server.seen).toHaveLength(1);
  });

  it("does so for every method, also without a declared endpoint", async () => {
    await using api = await slackApi(refused("channel_not_found"));
    await expect(api.bound.get("/conversations.info", { query: { channel: "C9" } })).rejects.toMatchObject({
      code: "slack.channel_not_found",
    });
  });

  it("does not write twice after an error in the middle of it, but reads again", async () => {
    await using api = await slackApi(refused("internal_error"));
    await expect(api.bound.call("chatPostMessage", { body: message })).rejects.toMatchObject({
      code: "slack.internal_error",
      retryable: true,
    });
    expect(api.server.seen).toHaveLength(1);
    await expect(api.bound.call("authTest")).rejects.toMatchObject({ code: "slack.internal_error" });
    expect(api.server.seen).toHaveLength(1 + 3);
  });

  it("takes an error that it does not know for one that may pass", async () => {
    await using api = await slackApi(refused("something_new"));
    await expect(api.bound.call("chatPostMessage", { body: message })).rejects.toMatchObject({
      code: "slack.something_new",
      retryable: true,
    });
  });

  it.each<[string, Answer]>([
    ["429", [429, { ok: false, error: "ratelimited" }, { "retry-after": "30" }]],
    ["200 and ratelimited", [200, { ok: false, error: "ratelimited" }, { "retry-after": "30" }]],
  ])("waits as long as Slack says, and writes then: %s", async (_name, answer) => {
    await using api = await slackApi(answer, posted);
    expect(await api.bound.call("chatPostMessage", { body: message })).toMatchObject({ status: 200 });
    expect(Math.max(...api.clock.slept)).toBeGreaterThanOrEqual(30_000);
    expect(api.server.seen).toHaveLength(2);
  });

  it("tells how long to wait when Slack keeps refusing", async () => {
    await using api = await slackApi([429, { ok: false, error: "ratelimited" }, { "retry-after": "120" }]);
    await expect(api.bound.call("chatPostMessage", { body: message })).rejects.toMatchObject({
      status: 429,
      retryable: true,
      retryAfterMs: 120_000,
    });
    expect(api.server.seen).toHaveLength(1);
  });

  it("writes once a second, after a burst of five", async () => {
    await using api = await slackApi(posted);
    const from = api.clock.now();
    for (let n = 0; n < 8; n++) await api.bound.call("chatPostMessage", { body: message });
    expect(api.clock.now() - from).toBe(3_000);
  });

  it("sends nothing without a text, and nothing without a token", async () => {
    await using api = await slackApi(posted);
    await expect(api.bound.call("chatPostMessage", { body: { ...message, text: "" } })).rejects.toMatchObject({
      code: "request_invalid",
      issues: [{ path: "body.text" }],
    });
    const unset = slack.bind({ tenant: "t", vars: { baseUrl: api.server.url } });
    await expect(unset.call("authTest")).rejects.toMatchObject({
      code: "variables_missing",
      issues: [{ path: "vars.botToken" }, { path: "vars.channel" }],
    });
    expect(api.server.seen).toHaveLength(0);
  });
});
