import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, fetch, request } from "undici";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createNetworkGuard,
  NetworkBlockedError,
  type NetworkGuard,
  type NetworkGuardOptions,
} from "./network-guard.ts";

const closed = createNetworkGuard({ allow: "none" });

function blockOf(act: () => unknown): NetworkBlockedError {
  try {
    act();
  } catch (error) {
    if (error instanceof NetworkBlockedError) return error;
    throw error;
  }
  throw new Error("It was not blocked");
}

describe("checkUrl", () => {
  it.each([
    ["loopback", "http://127.0.0.1/"],
    ["loopback", "http://2130706433/"],
    ["loopback", "http://0x7f000001/"],
    ["loopback", "http://0177.0.0.1/"],
    ["loopback", "http://0x7f.1/"],
    ["loopback", "http://127.1/"],
    ["loopback", "http://127.0.0.1./"],
    ["loopback", "http://１２７。0。0。1/"],
    ["loopback", "http://%31%32%37.0.0.1/"],
    ["loopback", "http://user:pass@127.0.0.1:8080/"],
    ["loopback", "http://[::1]/"],
    ["loopback", "http://[0:0::0:1]/"],
    ["loopback", "http://[::ffff:127.0.0.1]/"],
    ["loopback", "http://[::ffff:7f00:1]/"],
    ["loopback", "http://[64:ff9b::127.0.0.1]/"],
    ["loopback", "http://[2002:7f00:1::]/"],
    ["unspecified", "http://0/"],
    ["unspecified", "http://[::]/"],
    ["metadata", "http://169.254.169.254/latest/meta-data/"],
    ["metadata", "http://[::ffff:a9fe:a9fe]/"],
    ["private", "https://10.0.0.1/"],
    ["private", "https://[fd12::1]/"],
    ["link_local", "http://[fe80::1]/"],
    ["multicast", "http://224.0.0.1/"],
    ["reserved", "http://255.255.255.255/"],
    ["local_name", "http://localhost:3000/"],
    ["local_name", "http://LOCALHOST./"],
    ["local_name", "http://a.b.localhost/"],
    ["local_name", "http://metadata.google.internal/"],
    ["local_name", "http://metadata/"],
    ["local_name", "http://printer.local/"],
    ["protocol", "file:///etc/passwd"],
    ["protocol", "ftp://example.com/"],
    ["protocol", "javascript:alert(1)"],
    ["invalid_url", "/relative"],
    ["invalid_url", "http://"],
  ])("blocks as %s: %s", (rule, url) => {
    expect(blockOf(() => closed.checkUrl(url)).rule).toBe(rule);
  });

  it.each([
    "https://api.example.com/v1",
    "http://8.8.8.8/",
    "http://[2606:4700::1111]/",
    "https://localhost.example.com/",
    "https://internal.example/",
  ])("lets through %s", (url) => {
    expect(closed.checkUrl(url).href).toBe(new URL(url).href);
    expect(closed.checkUrl(new URL(url)).href).toBe(new URL(url).href);
  });

  it("names the rule and what opens it, and keeps passwords to itself", () => {
    const block = blockOf(() => closed.checkUrl("http://user:hush@10.0.0.7/x"));
    expect(block.code).toBe("upstream_blocked");
    expect(block.message).toBe("Calls to 10.0.0.7 are blocked: it is a private address.");
    expect(block.hint).toBe(
      "If the call is meant, set KHOTAN_ALLOW_PRIVATE_NETWORK=10.0.0.7/32 (CIDRs, or 1 for every network) and restart.",
    );
    expect(blockOf(() => closed.checkUrl("gopher://user:hush@x/")).message).toBe(
      "Calls to gopher: URLs are blocked: only http and https are called.",
    );
  });

  it("opens what is allowed, and never another protocol", () => {
    const some = createNetworkGuard({ allow: ["10.0.0.0/8"] });
    expect(some.checkUrl("http://10.1.2.3/").hostname).toBe("10.1.2.3");
    expect(some.checkUrl("http://[::ffff:10.1.2.3]/").hostname).toBe("[::ffff:a01:203]");
    expect(blockOf(() => some.checkUrl("http://127.0.0.1/")).rule).toBe("loopback");
    const all = createNetworkGuard({ allow: "all" });
    expect(all.checkUrl("http://localhost/").hostname).toBe("localhost");
    expect(blockOf(() => all.checkUrl("file:///etc/passwd")).rule).toBe("protocol");
  });
});

describe("over real sockets", () => {
  const servers: Server[] = [];
  const agents: Agent[] = [];
  let hits: string[] = [];

  beforeEach(() => {
    hits = [];
  });
  afterEach(async () => {
    await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
    await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
  });

  /** Answers its address; `/to?…` redirects. */
  async function listen(host: string): Promise<number> {
    const server = createServer((incoming, response) => {
      hits.push(`${host}${incoming.url}`);
      const [path, target] = (incoming.url ?? "").split("?");
      if (path === "/to") response.writeHead(302, { location: decodeURIComponent(target ?? "") }).end();
      else response.end(host);
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, host, done));
    const address: AddressInfo | string | null = server.address();
    if (address === null || typeof address === "string") throw new Error("A TCP server has a port");
    return address.port;
  }

  function agentOf(options: NetworkGuardOptions | NetworkGuard): Agent {
    const guard = "connector" in options ? options : createNetworkGuard(options);
    const agent = new Agent({ connect: guard.connector({ timeout: 5_000 }) });
    agents.push(agent);
    return agent;
  }

  /** The block behind a failed call; fetch wraps it. */
  async function blockedCall(call: Promise<unknown>): Promise<NetworkBlockedError> {
    const error: unknown = await call.then(
      () => new Error("It was not blocked"),
      (reason: unknown) => reason,
    );
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    if (cause instanceof NetworkBlockedError) return cause;
    throw error;
  }

  const answering = (...rounds: string[][]) => {
    let asked = 0;
    return async () => {
      const addresses = rounds[Math.min(asked++, rounds.length - 1)] ?? [];
      return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    };
  };

  it("refuses a literal address by default, through fetch and through request, and nothing arrives", async () => {
    const port = await listen("127.0.0.1");
    const dispatcher = agentOf({ allow: "none" });
    for (const host of ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]"]) {
      expect((await blockedCall(fetch(`http://${host}:${port}/`, { dispatcher }))).rule).toBe("loopback");
    }
    expect((await blockedCall(request(`http://127.0.0.1:${port}/`, { dispatcher }))).rule).toBe("loopback");
    expect(hits).toEqual([]);
  });

  it("refuses names that lead home, by the system's own resolver", async () => {
    const port = await listen("127.0.0.1");
    const block = await blockedCall(fetch(`http://localhost:${port}/`, { dispatcher: agentOf({ allow: "none" }) }));
    expect(block.rule).toBe("local_name");
    const other = agentOf({ allow: ["10.0.0.0/8"] });
    expect((await blockedCall(fetch(`http://localhost:${port}/`, { dispatcher: other }))).rule).toBe("loopback");
    expect(hits).toEqual([]);
  });

  it("calls what its CIDR opens, by address and by name", async () => {
    const port = await listen("127.0.0.1");
    const dispatcher = agentOf({ allow: ["127.0.0.0/8"] });
    expect(await (await fetch(`http://127.0.0.1:${port}/`, { dispatcher })).text()).toBe("127.0.0.1");
    expect(await (await fetch(`http://localhost:${port}/`, { dispatcher })).text()).toBe("127.0.0.1");
    expect(await (await fetch(`http://127.0.0.1:${port}/`, { dispatcher: agentOf({ allow: "all" }) })).text()).toBe(
      "127.0.0.1",
    );
  });

  it("refuses a public name that resolves to a private address, and says so", async () => {
    const port = await listen("127.0.0.1");
    const dispatcher = agentOf({ allow: "none", resolve: answering(["127.0.0.1"]) });
    const block = await blockedCall(fetch(`http://api.example.com:${port}/`, { dispatcher }));
    expect(block.message).toBe("Calls to api.example.com are blocked: it resolves to 127.0.0.1, a loopback address.");
    expect(block.address).toBe("127.0.0.1");
    expect(hits).toEqual([]);
  });

  it("connects to the very answer it checked, though the next answer would be another", async () => {
    const port = await listen("127.0.0.1");
    const resolve = answering(["127.0.0.1"], ["127.0.0.2"]);
    const guard = createNetworkGuard({ allow: ["127.0.0.1/32"], resolve });
    const url = guard.checkUrl(`http://api.example.com:${port}/`);
    expect(await (await fetch(url, { dispatcher: agentOf(guard) })).text()).toBe("127.0.0.1");
  });

  it("refuses when the name leads elsewhere the second time it is asked", async () => {
    const port = await listen("127.0.0.1");
    const guard = createNetworkGuard({ allow: "none", resolve: answering(["93.184.216.34"], ["127.0.0.1"]) });
    const first = await new Promise((done) => {
      guard.lookup("api.example.com", { all: true }, (error, addresses) => done(error ?? addresses));
    });
    expect(first).toEqual([{ address: "93.184.216.34", family: 4 }]);
    const call = fetch(guard.checkUrl(`http://api.example.com:${port}/`), { dispatcher: agentOf(guard) });
    expect((await blockedCall(call)).rule).toBe("loopback");
    expect(hits).toEqual([]);
  });

  it("uses only the open ones of several answers", async () => {
    const port = await listen("127.0.0.1");
    const dispatcher = agentOf({ allow: ["127.0.0.1"], resolve: answering(["::1", "10.0.0.1", "127.0.0.1"]) });
    expect(await (await fetch(`http://api.example.com:${port}/`, { dispatcher })).text()).toBe("127.0.0.1");
  });

  it("checks each hop of a redirect", async () => {
    const open = await listen("127.0.0.1");
    const dispatcher = agentOf({ allow: ["127.0.0.1"] });
    for (const target of [`http://127.0.0.2:${open}/secret`, `http://127.2:${open}/secret`]) {
      const call = fetch(`http://127.0.0.1:${open}/to?${encodeURIComponent(target)}`, { dispatcher });
      expect((await blockedCall(call)).host).toMatch(/^127\.0\.0\.2$/);
    }
    expect(hits.every((hit) => hit.startsWith("127.0.0.1/to"))).toBe(true);
    expect(hits).toHaveLength(2);
  });

  it("passes on that a name does not exist", async () => {
    const dispatcher = agentOf({ allow: "none", resolve: answering([]) });
    const error: unknown = await request("http://nowhere.example/", { dispatcher }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "ENOTFOUND" });
  });

  it("gives lookup's callers the form they asked for", async () => {
    const guard = createNetworkGuard({ allow: "none", resolve: answering(["2606:4700::1111", "1.1.1.1"]) });
    const one = await new Promise((done) => {
      guard.lookup("one.example", {}, (error, address, family) => done([error, address, family]));
    });
    expect(one).toEqual([null, "2606:4700::1111", 6]);
    const literal = await new Promise((done) => guard.lookup("10.0.0.1", {}, (error) => done(error)));
    expect(literal).toBeInstanceOf(NetworkBlockedError);
  });
});
