import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { anyAddress } from "../../engine/plugs/testing/any-address.ts";
import { fakeClock } from "../../engine/plugs/testing/fake-clock.ts";
import { json, localServer, type SeenRequest } from "../../engine/plugs/testing/local-server.ts";
import { github } from "./github.ts";

const repository = { owner: "octocat", repo: "hello" };

const issue = (number: number) => ({
  id: 1_000 + number,
  number,
  title: `Issue ${number}`,
  state: "open",
  html_url: `https://github.test/octocat/hello/issues/${number}`,
  user: number === 1 ? null : { login: "octocat", id: 1 },
  labels: [{ id: 1, name: "bug" }],
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-02T00:00:00Z",
  closed_at: null,
});

const delivery = (id: number, status_code = 200) => ({
  id,
  guid: `guid-${id}`,
  delivered_at: "2026-01-01T00:00:00Z",
  redelivery: false,
  duration: 0.1,
  status: status_code === 200 ? "OK" : "Invalid HTTP Response: 503",
  status_code,
  event: "push",
  action: null,
});

/** A GitHub that answers as told, and the plug bound to it. */
async function githubApi(answer: (request: SeenRequest, response: ServerResponse, count: number) => void) {
  const server = await localServer(answer);
  const clock = fakeClock();
  const vars = { token: "github_pat_123456", baseUrl: server.url };
  const bound = github.bind({ tenant: "t", vars, guard: anyAddress, clock });
  return { server, clock, bound, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Links as https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api shows them. */
const linkTo = (request: SeenRequest, path: string) => ({
  link: `<http://${request.headers.host}${path}>; rel="next", <http://${request.headers.host}/x>; rel="last"`,
});

describe("github", () => {
  it("lists every issue once, along the Link header", async () => {
    await using api = await githubApi((request, response) => {
      const page = Number(new URL(request.url, "http://x").searchParams.get("page") ?? 1);
      const items = page === 3 ? [issue(5)] : [issue(page * 2 - 1), issue(page * 2)];
      const next = `/repositories/1296269/issues?state=all&per_page=2&page=${page + 1}`;
      json(response, 200, items, page < 3 ? linkTo(request, next) : {});
    });
    const query = { state: "all", per_page: 2 } as const;
    const issues = await api.bound.callPaged("listIssues", { params: repository, query }).all();
    expect(issues.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(api.server.seen.map(({ url }) => url)).toEqual([
      "/repos/octocat/hello/issues?state=all&per_page=2",
      "/repositories/1296269/issues?state=all&per_page=2&page=2",
      "/repositories/1296269/issues?state=all&per_page=2&page=3",
    ]);
    for (const { headers } of api.server.seen) {
      expect(headers).toMatchObject({
        authorization: "Bearer github_pat_123456",
        accept: "application/vnd.github+json",
        "x-github-api-version": "2022-11-28",
        "user-agent": "khotan",
      });
    }
  });

  it("finds a failed delivery of a hook and has it sent again, though GitHub stumbles", async () => {
    await using api = await githubApi((request, response) => {
      if (request.method === "POST")
        return api.server.seen.length === 4 ? json(response, 502, {}) : json(response, 202, {});
      if (request.url.startsWith("/repos/octocat/hello/hooks?"))
        return json(response, 200, [
          { id: 7, active: true, events: ["push"], config: { url: "https://hub.test/hook" } },
        ]);
      if (request.url.includes("cursor=v1_2")) return json(response, 200, [delivery(12, 503)]);
      json(
        response,
        200,
        [delivery(14), delivery(13)],
        linkTo(request, "/repos/octocat/hello/hooks/7/deliveries?cursor=v1_2"),
      );
    });
    const [hook] = await api.bound.callPaged("listHooks", { params: repository }).all();
    const params = { ...repository, hook_id: hook?.id ?? 0 };
    const sent = await api.bound.callPaged("listHookDeliveries", { params }).all();
    const failed = sent.filter((each) => each.status_code !== 200);
    expect(failed.map(({ guid }) => guid)).toEqual(["guid-12"]);
    for (const { id } of failed)
      await api.bound.call("redeliverHookDelivery", { params: { ...params, delivery_id: id } });
    expect(api.server.seen.slice(3).map(({ method, url }) => `${method} ${url}`)).toEqual(
      Array.from({ length: 2 }, () => "POST /repos/octocat/hello/hooks/7/deliveries/12/attempts"),
    );
  });

  it("would rather fail than name another delivery, when an id is too big for a number", async () => {
    await using api = await githubApi((_request, response) => {
      const text = JSON.stringify([delivery(1)]).replace('"id":1', '"id":9007199254740993');
      response.writeHead(200, { "content-type": "application/json" }).end(text);
    });
    const params = { ...repository, hook_id: 7 };
    await expect(api.bound.call("listHookDeliveries", { params })).rejects.toMatchObject({
      code: "response_invalid",
      issues: [{ path: "body[0].id" }],
    });
  });

  it("waits until the limit is reset, when that is soon", async () => {
    await using api = await githubApi((_request, response, count) => {
      if (count > 1) return json(response, 200, []);
      const reset = String(Math.ceil(api.clock.now() / 1000) + 30);
      json(
        response,
        403,
        { message: "API rate limit exceeded for user ID 1." },
        { "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
      );
    });
    expect(await api.bound.call("listIssues", { params: repository })).toMatchObject({ status: 200, body: [] });
    expect(Math.max(...api.clock.slept)).toBeGreaterThanOrEqual(30_000);
  });

  it("tells how long a secondary limit lasts, when that is longer than a call may wait", async () => {
    await using api = await githubApi((_request, response) =>
      json(response, 403, { message: "You have exceeded a secondary rate limit." }, { "retry-after": "600" }),
    );
    await expect(api.bound.call("listIssues", { params: repository })).rejects.toMatchObject({
      status: 403,
      retryable: true,
      retryAfterMs: 600_000,
      message: /secondary rate limit/,
    });
    expect(api.server.seen).toHaveLength(1);
  });

  it("gives a repository that is not there as an answer, and a missing right as an error", async () => {
    await using api = await githubApi((request, response) =>
      request.url.includes("/hooks")
        ? json(response, 403, { message: "Resource not accessible by personal access token", status: "403" })
        : json(response, 404, { message: "Not Found", status: "404" }),
    );
    expect(await api.bound.call("listIssues", { params: repository })).toMatchObject({
      status: 404,
      body: { message: "Not Found" },
    });
    await expect(api.bound.call("listHooks", { params: repository })).rejects.toMatchObject({
      status: 403,
      retryable: false,
      message: /Resource not accessible/,
    });
    expect(api.server.seen).toHaveLength(2);
  });

  it("keeps below what GitHub allows in an hour", async () => {
    await using api = await githubApi((_request, response) => json(response, 200, []));
    const from = api.clock.now();
    for (let call = 0; call < 180; call++) await api.bound.call("listHooks", { params: repository });
    // 100 at once, then 80 a minute: 80 more take a minute.
    expect(api.clock.now() - from).toBeGreaterThanOrEqual(59_000);
    expect(github.rateLimit).toEqual({ perMinute: 80, burst: 100 });
  });
});
