import { expect, it } from "vitest";
import { exchangeLook, exchangePath } from "./exchange-look.ts";

const error = { code: "http.timeout", message: "no answer" };

it.each([
  [{ status: 200, error: null }, false, "succeeded"],
  [{ status: 302, error: null }, false, "succeeded"],
  [{ status: 429, error: null }, true, "retry"],
  [{ status: 503, error: null }, false, "failed"],
  [{ status: null, error }, false, "failed"],
  [{ status: 200, error }, false, "failed"],
])("%o followed %s is %s", (exchange, followed, tone) => expect(exchangeLook(exchange, followed).tone).toBe(tone));

it.each([
  ["https://slack.com/api/chat.postMessage?x=1", "/api/chat.postMessage?x=1"],
  ["http://127.0.0.1:4010", "/"],
  ["/relative", "/relative"],
])("%s is %s", (url, path) => expect(exchangePath(url)).toBe(path));
