import { expect, it } from "vitest";
import type { ExchangeDetail } from "../../../contract/index.ts";
import { answerOfExchange } from "./answer-of-exchange.ts";

const timing = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 3, totalMs: 5 };
const exchange: ExchangeDetail = {
  ...{ id: "exc_1", plug: "shop", tenant: "acme", runId: null, source: "debugger", endpoint: "listOrders", attempt: 1 },
  ...{ method: "GET", url: "https://shop.example/orders", status: 200, startedAt: "2026-11-20T12:00:00.000Z" },
  ...{ durationMs: 5, requestSize: 0, responseSize: 7, error: null, requestHeaders: {}, requestBody: null, timing },
  ...{ responseHeaders: {}, responseBody: { text: '{"a":1}', size: 7, truncated: false }, curl: "curl" },
};
const responseOf = (part: Partial<ExchangeDetail>) => answerOfExchange({ ...exchange, ...part }).response;

it("shows what was kept of an answer", () => {
  expect(answerOfExchange(exchange)).toMatchObject({
    endpoint: "listOrders",
    exchangeId: "exc_1",
    request: { tenant: "acme" },
  });
  expect(responseOf({})).toMatchObject({ status: 200, kind: "json", body: { a: 1 }, timing });
  const kept = (text: string | null, size: number, truncated = false) =>
    responseOf({ responseBody: { text, size, truncated } });
  expect(kept('{"a":[1,', 90_000, true)).toMatchObject({ kind: "text", body: '{"a":[1,', truncated: true });
  expect(kept("hello", 5)).toMatchObject({ kind: "text", body: "hello" });
  expect(kept(null, 3)).toMatchObject({ kind: "binary", body: null });
  expect(responseOf({ responseBody: null })).toMatchObject({ kind: "empty", body: null });
});

it("keeps the error of a call without an answer", () => {
  const error = { code: "network_refused", message: "shop refused the connection" };
  expect(answerOfExchange({ ...exchange, status: null, error })).toMatchObject({ response: null, error });
});
