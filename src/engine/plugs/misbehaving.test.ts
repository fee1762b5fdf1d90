import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { PlugNetworkError, PlugTimeoutError, plug } from "./index.ts";
import { json, localServer } from "./testing/local-server.ts";

/** A server below HTTP: answers each connection's first bytes with whatever it likes. */
async function rawServer(answer: (socket: Socket, count: number) => void) {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.once("data", () => answer(socket, ++count));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => count,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const quick = { baseMs: 0, maxMs: 0 };
const at = (baseUrl: string) => plug({ name: "odd", baseUrl, retry: quick });

describe("a server that misbehaves", () => {
  it("resets: the call is repeated, and ends with an error that says so", async () => {
    await using server = await rawServer((socket) => socket.resetAndDestroy());
    await expect(at(server.url).get("/")).rejects.toMatchObject({
      name: "PlugNetworkError",
      code: "network_reset",
      retryable: true,
      sent: true,
    });
    expect(server.count()).toBe(3);
  });

  it("resets a POST: it may have worked, so it is not repeated", async () => {
    await using server = await rawServer((socket) => socket.resetAndDestroy());
    await expect(at(server.url).post("/", { body: {} })).rejects.toMatchObject({ code: "network_reset" });
    expect(server.count()).toBe(1);
  });

  it("resets once: the second attempt counts", async () => {
    await using server = await rawServer((socket, count) =>
      count === 1
        ? socket.resetAndDestroy()
        : socket.end("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok"),
    );
    expect(await at(server.url).request("GET", "/")).toMatchObject({ body: "ok", attempts: 2 });
  });

  it("is not there: even a POST is tried again, for nothing was sent", async () => {
    const waits: number[] = [];
    const bound = at("http://127.0.0.1:1").bind({
      tenant: "t",
      vars: {},
      log: (_level, _message, data) => waits.push(Number(data?.attempt)),
    });
    await expect(bound.post("/", { body: {} })).rejects.toMatchObject({ code: "network_refused", sent: false });
    expect(waits).toEqual([1, 2]);
  });

  it("has no name", async () => {
    const error = at("http://does-not-exist.invalid").get("/", { retry: false });
    await expect(error).rejects.toMatchObject({
      code: "network_dns",
      sent: false,
      hint: expect.stringContaining("spelled"),
    });
  });

  it("sends no headers in time", async () => {
    await using server = await rawServer(() => {});
    const call = at(server.url).get("/", { timeout: { headers: 40 }, retry: false });
    await expect(call).rejects.toMatchObject({
      name: "PlugTimeoutError",
      code: "timeout_headers",
      phase: "headers",
      timeoutMs: 40,
    });
  });

  it("stops within the body", async () => {
    await using server = await rawServer((socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"));
    const call = at(server.url).get("/", { timeout: { body: 40 }, retry: false });
    await expect(call).rejects.toMatchObject({ phase: "body" });
  });

  it("drips for ever: the total ends it, retries included", async () => {
    await using server = await rawServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
      const drip = setInterval(() => socket.write("1\r\nx\r\n"), 5);
      socket.on("close", () => clearInterval(drip));
    });
    const call = at(server.url).get("/", { timeout: 60 });
    await expect(call).rejects.toBeInstanceOf(PlugTimeoutError);
    await expect(call).rejects.toMatchObject({ phase: "total" });
    expect(server.count()).toBe(1);
  });

  it.each(["content-length: 11000000\r\n\r\n", "transfer-encoding: chunked\r\n\r\nb71b00\r\n"])(
    "answers too much (%j)",
    async (head) => {
      await using server = await rawServer((socket) => {
        socket.write(`HTTP/1.1 200 OK\r\n${head}`);
        socket.write(Buffer.alloc(11_000_000));
      });
      const call = at(server.url).get("/");
      await expect(call).rejects.toMatchObject({ code: "response_too_large", retryable: false });
      expect(server.count()).toBe(1);
    },
  );

  it.each([gzipSync, brotliCompressSync])("hides too much in a small body", async (compress) => {
    const bomb = compress(Buffer.alloc(2_000_000));
    await using server = await localServer(
      (_request, response) =>
        void response.writeHead(200, { "content-encoding": compress === gzipSync ? "gzip" : "br" }).end(bomb),
    );
    await expect(at(server.url).get("/", { maxResponseBytes: 100_000 })).rejects.toMatchObject({
      code: "response_too_large",
    });
    const whole = await at(server.url).get("/", { as: "bytes" });
    expect(whole).toHaveLength(2_000_000);
  });

  it("cuts a compressed body off", async () => {
    await using server = await localServer(
      (_request, response) =>
        void response
          .writeHead(200, { "content-encoding": "gzip" })
          .end(gzipSync("hello".repeat(1000)).subarray(0, 20)),
    );
    await expect(at(server.url).get("/")).rejects.toMatchObject({ code: "response_broken" });
  });

  it("says a longer length than it sends", async () => {
    await using server = await rawServer((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort"));
    await expect(at(server.url).get("/", { retry: false })).rejects.toBeInstanceOf(PlugNetworkError);
  });

  it("speaks no HTTP", async () => {
    await using server = await rawServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
    await expect(at(server.url).get("/", { retry: false })).rejects.toMatchObject({ code: "response_broken" });
  });

  it("calls something JSON that is not: the error quotes nothing of it", async () => {
    await using server = await localServer(
      (_request, response) => void response.writeHead(200, { "content-type": "application/json" }).end("<secret-html>"),
    );
    const error = await at(server.url)
      .get("/")
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "PlugSchemaError", code: "response_not_json", status: 200 });
    expect(String(error)).not.toContain("secret-html");
  });

  it("is left when the caller gives up, with the caller's reason", async () => {
    await using server = await rawServer(() => {});
    const given = new AbortController();
    const reason = new Error("enough");
    const call = at(server.url).get("/", { signal: given.signal });
    setImmediate(() => given.abort(reason));
    await expect(call).rejects.toBe(reason);
    await expect(at(server.url).get("/", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe("a stream", () => {
  it("comes piece by piece, beyond the size limit, also compressed", async () => {
    const big = Buffer.alloc(12 * 1024 * 1024, "abc");
    await using server = await localServer((request, response) => {
      const gz = request.url === "/gz";
      response.writeHead(200, gz ? { "content-encoding": "gzip" } : {}).end(gz ? gzipSync(big) : big);
    });
    for (const path of ["/", "/gz"]) {
      const stream = await at(server.url).get(path, { as: "stream" });
      let size = 0;
      for await (const chunk of stream) size += chunk.length;
      expect(size).toBe(big.length);
    }
  });

  it("ends the connection when nobody reads on", async () => {
    let closed: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    await using server = await localServer((_request, response) => {
      response.on("close", closed);
      response.write("start");
    });
    const stream = await at(server.url).get("/", { as: "stream" });
    await stream.cancel();
    await gone;
  });

  it("whose server breaks off fails the reader", async () => {
    await using server = await rawServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
      setImmediate(() => socket.destroy());
    });
    const stream = await at(server.url).get("/", { as: "stream" });
    await expect(new Response(stream as unknown as BodyInit).text()).rejects.toMatchObject({
      name: "PlugNetworkError",
      code: "network_reset",
      retryable: true,
    });
  });

  it("that is no gzip, or ends too early, fails the reader with an error that says so", async () => {
    const cut = gzipSync(Buffer.alloc(100_000, "abc")).subarray(0, 60);
    await using server = await localServer((request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(request.url === "/cut" ? cut : "plain"),
    );
    for (const path of ["/plain", "/cut"]) {
      const stream = await at(server.url).get(path, { as: "stream" });
      await expect(new Response(stream as unknown as BodyInit).text()).rejects.toMatchObject({
        code: "response_broken",
      });
    }
  });

  it("is left when the caller gives up, with the caller's reason", async () => {
    const given = new AbortController();
    await using server = await localServer((_request, response) => response.write("start"));
    const stream = await at(server.url).get("/", { as: "stream", signal: given.signal });
    const reason = new Error("enough");
    const reader = stream.getReader();
    await reader.read();
    given.abort(reason);
    await expect(reader.read()).rejects.toBe(reason);
  });

  it("with an error status is an error with its body", async () => {
    await using server = await localServer((_request, response) =>
      json(response, 422, { error: { message: "bad sku" } }),
    );
    await expect(at(server.url).get("/", { as: "stream" })).rejects.toMatchObject({ status: 422, message: /bad sku/ });
  });

  it("is sent once: such a call is not repeated", async () => {
    await using server = await localServer((_request, response) => json(response, 503, {}));
    await expect(at(server.url).put("/", { body: new Blob(["abc"]).stream() })).rejects.toMatchObject({ status: 503 });
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]?.body).toBe("abc");
  });
});

describe("what cannot be sent", () => {
  it("is refused before anything is, and does not quote values", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const api = at(server.url);
    const broken = api.get("/", { headers: { "x-key": "secret\r\ninjected: 1" } });
    await expect(broken).rejects.toMatchObject({ code: "request_invalid", retryable: false });
    await expect(broken).rejects.not.toThrow(/secret/);
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    await expect(api.post("/", { body: cyclic })).rejects.toMatchObject({ code: "body_invalid" });
    await expect(api.post("/", { body: () => {} })).rejects.toMatchObject({ code: "body_invalid" });
    expect(server.seen).toHaveLength(0);
  });

  it("goes to a server that speaks no TLS", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const api = at(server.url.replace("http:", "https:"));
    await expect(api.get("/")).rejects.toMatchObject({ code: "network_tls", retryable: false, sent: false });
  });
});
