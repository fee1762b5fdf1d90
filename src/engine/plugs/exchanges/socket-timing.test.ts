import { once } from "node:events";
import { createServer } from "node:tls";
import { Agent, buildConnector, request } from "undici";
import { expect, it } from "vitest";
import { onNextSocket, type SocketTiming, takeSocketTiming, timedConnector } from "./socket-timing.ts";

/** TLS by a shared key needs no certificate. */
const psk = { ciphers: "PSK", maxVersion: "TLSv1.2" } as const;
const KEY = Buffer.from("a key that both sides know");
const TLS_DELAY_MS = 30;

it("tells how long DNS, the connection and TLS took, each by itself", async () => {
  const server = createServer({
    ...psk,
    pskCallback: () => {
      const until = performance.now() + TLS_DELAY_MS;
      while (performance.now() < until); // the handshake itself is slow, whatever the machine
      return KEY;
    },
  });
  server.on("secureConnection", (socket) => {
    socket.once("data", () => socket.end("HTTP/1.1 204 No Content\r\n\r\n"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const dispatcher = new Agent({
    connect: timedConnector(
      buildConnector({
        ...psk,
        pskCallback: () => ({ psk: KEY, identity: "us" }),
        checkServerIdentity: () => undefined,
        rejectUnauthorized: false,
      }),
    ),
  });
  let timing: SocketTiming | null = null;
  onNextSocket((socket) => {
    timing = takeSocketTiming(socket);
    expect(takeSocketTiming(socket)).toBeNull(); // who comes next did not wait for it
  });
  await request(`https://localhost:${port}/`, { dispatcher });
  await dispatcher.close();
  await new Promise((resolve) => server.close(resolve));
  expect(timing).toEqual({ dnsMs: expect.any(Number), connectMs: expect.any(Number), tlsMs: expect.any(Number) });
  const { dnsMs, connectMs, tlsMs } = timing as unknown as Record<keyof SocketTiming, number>;
  expect(dnsMs).toBeGreaterThanOrEqual(0);
  expect(connectMs).toBeGreaterThanOrEqual(0);
  expect(tlsMs).toBeGreaterThanOrEqual(TLS_DELAY_MS);
});
