import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { cleanForwardedHeaders } from "./forwarded-headers.ts";

const arriving = (peer: string, headers: Record<string, string>): IncomingMessage => {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: peer });
  const message = new IncomingMessage(socket);
  for (const [name, value] of Object.entries(headers)) {
    message.headers[name] = value;
    message.rawHeaders.push(name, value);
  }
  return message;
};
const cleaned = (peer: string, headers: Record<string, string>) => {
  const message = arriving(peer, headers);
  cleanForwardedHeaders(message);
  // Next reads one, the fetch adapter the other: they must not disagree.
  const raw: Record<string, string> = {};
  for (let index = 0; index < message.rawHeaders.length; index += 2)
    raw[String(message.rawHeaders[index])] = String(message.rawHeaders[index + 1]);
  expect(raw).toEqual(message.headers);
  return message.headers;
};

const CLAIMS = {
  "x-forwarded-for": "6.6.6.6, 198.51.100.7",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "hub.example.com",
  forwarded: "for=6.6.6.6",
  "x-real-ip": "6.6.6.6",
  "x-forwarded-port": "443",
};

describe("cleanForwardedHeaders", () => {
  it("forgets what a stranger says about itself", () => {
    expect(cleaned("203.0.113.5", CLAIMS)).toEqual({ "x-forwarded-for": "203.0.113.5", "x-forwarded-proto": "http" });
  });

  it.each(["127.0.0.1", "::1", "::ffff:10.0.0.2", "192.168.1.1", "fd00::1"])("believes a proxy at %s", (peer) => {
    expect(cleaned(peer, CLAIMS)).toEqual({
      "x-forwarded-for": "198.51.100.7",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "hub.example.com",
    });
  });

  it("falls back to the peer when a proxy adds nothing usable", () => {
    expect(cleaned("::ffff:127.0.0.1", { "x-forwarded-for": "unknown", "x-forwarded-proto": "gopher" })).toEqual({
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
    });
  });
});
