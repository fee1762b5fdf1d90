import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { plug } from "./index.ts";

/** The total runs since before the connection stood. */
const MOMENT_MS = 500;

let server: Server;
let url: string;
const sockets: Socket[] = [];

beforeEach(async () => {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(async () => {
  vi.useRealTimers();
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

/** The other side has got the first bytes, so the clock of that phase runs. */
async function reached(): Promise<Socket> {
  const [socket] = await once(server, "connection");
  await once(socket, "data");
  return socket;
}

/** What the call fails with, and that it had not failed a moment earlier. */
async function failureAfter(call: Promise<unknown>, ms: number): Promise<unknown> {
  let failure: unknown = "none";
  const settled = call.then(
    () => undefined,
    (error: unknown) => {
      failure = error;
    },
  );
  await vi.advanceTimersByTimeAsync(ms - MOMENT_MS);
  expect(failure).toBe("none");
  await vi.advanceTimersByTimeAsync(MOMENT_MS);
  await settled;
  return failure;
}

const slow = () => plug({ name: "slow", baseUrl: url, retry: false });

describe("without any options a call", () => {
  it("waits 10 s for a connection, TLS included", async () => {
    const call = plug({ name: "slow", baseUrl: url.replace("http:", "https:"), retry: false }).get("/");
    await reached(); // a hello that nobody answers
    expect(await failureAfter(call, 10_000)).toMatchObject({
      code: "timeout_connect",
      phase: "connect",
      timeoutMs: 10_000,
      retryable: true,
    });
  });

  it("waits 30 s for headers", async () => {
    const call = slow().get("/");
    await reached();
    expect(await failureAfter(call, 30_000)).toMatchObject({ phase: "headers", timeoutMs: 30_000 });
  });

  it("waits 30 s for the next piece of a body", async () => {
    const answer = slow().request("GET", "/", { as: "stream" });
    const socket = await reached();
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n");
    const reader = (await answer).body.getReader();
    expect(await failureAfter(reader.read(), 30_000)).toMatchObject({ phase: "body", timeoutMs: 30_000 });
  });

  it("takes 60 s in all", async () => {
    const call = slow().get("/", { timeout: { headers: 0 } });
    await reached();
    expect(await failureAfter(call, 60_000)).toMatchObject({ phase: "total", timeoutMs: 60_000 });
  });
});
