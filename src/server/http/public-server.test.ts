import { once } from "node:events";
import { request, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { listen } from "./listen.ts";
import { pathOf, publicServer } from "./public-server.ts";
import { workflowServer } from "./workflow-server.ts";

/** Sends the target byte by byte as given: `fetch` would tidy it up. */
const get = async (port: number, target: string, headers: Record<string, string> = {}) => {
  const sent = request({ port, host: "127.0.0.1", path: target, headers }).end();
  const [response] = await once(sent, "response");
  let body = "";
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
};

describe("the public server", () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());
  const serve = async (role: "all" | "web" | "worker", ready = true): Promise<number> => {
    server = publicServer({
      role,
      api: (_request, response) => void response.end("api"),
      page: () =>
        ready ? (request, response) => void response.end(`page ${request.headers["x-forwarded-for"]}`) : undefined,
    });
    return listen(server, 0, "127.0.0.1");
  };

  it.each([
    "/.well-known/workflow/v1/flow",
    "/.well-known/workflow",
    "//.well-known/workflow/v1/step",
    "/%2ewell-known/workflow/v1/step",
    "/.well-known%2fworkflow/v1/step",
    "/.well-known\\workflow/v1/step",
    "/a/../.well-known/workflow/v1/step",
    "/a/%2e%2e/.well-known/workflow/v1/step",
    "http://elsewhere/.well-known/workflow/v1/step",
  ])("has nothing at %s", async (target) => {
    expect((await get(await serve("all"), target)).status).toBe(404);
  });

  it("gives the API its own lane and Next the rest", async () => {
    const port = await serve("all");
    expect((await get(port, "/api/khotan/plugs?x=1")).body).toBe("api");
    for (const target of ["/", "/api/auth/get-session", "/api/khotanese", "/.well-known/security.txt"])
      expect((await get(port, target)).body).toMatch(/^page/);
  });

  it("shows of a worker only how it is", async () => {
    const port = await serve("worker");
    expect((await get(port, "/api/khotan/health")).status).toBe(200);
    expect((await get(port, "/api/khotan/ready")).status).toBe(200);
    for (const target of ["/", "/api/khotan/plugs", "/api/khotan/webhook/stripe"])
      expect((await get(port, target)).status).toBe(404);
  });

  it("asks for patience while it starts, in the words of whoever asks", async () => {
    const port = await serve("all", false);
    const page = await get(port, "/");
    expect(page).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
    expect(page.headers["content-type"]).toContain("text/html");
    const api = await get(port, "/api/auth/get-session");
    expect(api.status).toBe(503);
    expect(JSON.parse(api.body).error.code).toBe("not_ready");
  });

  it("refuses a path that cannot be read", async () => {
    expect((await get(await serve("all"), "/%zz")).status).toBe(400);
  });

  it("believes of the forwarding headers only what a proxy of ours added", async () => {
    const port = await serve("all");
    expect((await get(port, "/", { "x-forwarded-for": "6.6.6.6, 198.51.100.7" })).body).toBe("page 198.51.100.7");
    expect((await get(port, "/", { "x-forwarded-for": "nonsense" })).body).toBe("page 127.0.0.1");
    expect((await get(port, "/")).body).toBe("page 127.0.0.1");
  });
});

describe("the workflow server", () => {
  it("serves Workflow's endpoints and nothing else", async () => {
    const server = workflowServer(() => (_request, response) => void response.end("flow"));
    const port = await listen(server, 0, "127.0.0.1");
    try {
      expect((await get(port, "/.well-known/workflow/v1/flow")).body).toBe("flow");
      for (const target of ["/", "/api/khotan/plugs", "/.well-known/workflowers"])
        expect((await get(port, target)).status).toBe(404);
    } finally {
      server.close();
    }
  });
});

describe("pathOf", () => {
  it("keeps what a router would keep", () => {
    expect(pathOf("/api/khotan/events?q=/x")).toBe("/api/khotan/events");
    expect(pathOf("/a%20b")).toBe("/a%20b");
    expect(pathOf("/a%3Fb")).toBe("/a%3Fb");
  });
});
