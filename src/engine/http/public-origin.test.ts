import { expect, it } from "vitest";
import { publicOrigin } from "./public-origin.ts";

const origin = (url: string, headers: Record<string, string> = {}, webhookUrl?: string) =>
  publicOrigin({ webhookUrl }, new Request(url, { headers }));

it.each([
  ["asked directly", "http://localhost:3000/api", {}, undefined, "http://localhost:3000"],
  [
    "behind a proxy that ends TLS",
    "http://hub.example/api",
    { "x-forwarded-proto": "https" },
    undefined,
    "https://hub.example",
  ],
  [
    "behind one that also renames",
    "http://10.0.0.7:3000/api",
    { "x-forwarded-host": "hub.example", "x-forwarded-proto": "https" },
    undefined,
    "https://hub.example",
  ],
  [
    "told by the browser",
    "http://hub.example/api",
    { origin: "https://hub.example" },
    undefined,
    "https://hub.example",
  ],
  ["told by the setting", "http://hub.example/api", {}, "https://hub.example/", "https://hub.example"],
  [
    "the setting is another host, where no cookie of this browser is",
    "http://localhost:3000/api",
    {},
    "https://tunnel.example",
    "http://localhost:3000",
  ],
  [
    "another site's origin says nothing",
    "http://hub.example/api",
    { origin: "https://evil.example" },
    undefined,
    "http://hub.example",
  ],
  [
    "a header that is no host",
    "http://hub.example/api",
    { "x-forwarded-host": "evil.example/x?" },
    undefined,
    "http://hub.example",
  ],
])("%s", (_, url, headers, webhookUrl, expected) => {
  expect(origin(url, headers, webhookUrl)).toBe(expected);
});
