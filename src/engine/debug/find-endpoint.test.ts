import { expect, test } from "vitest";
import { z } from "zod";
import type { EndpointMap } from "../plugs/index.ts";
import { findEndpoint } from "./find-endpoint.ts";

const responses = { 200: z.unknown() };
const endpoints: EndpointMap = {
  list: { method: "GET", path: "/orders", responses },
  create: { method: "POST", path: "/orders", responses },
  get: { method: "GET", path: "/orders/:id", responses },
  recent: { method: "GET", path: "/orders/recent", responses },
  lines: { method: "GET", path: "/orders/{id}/lines/{line}", responses },
  file: { method: "GET", path: "/files/{name}.json", responses },
};

test.each([
  ["GET", "/orders", "list"],
  ["POST", "/orders", "create"],
  ["GET", "orders/?limit=1", "list"],
  ["GET", "/orders/or_1?expand=a/b", "get"],
  ["GET", "/orders/:id", "get"],
  ["GET", "/orders/recent", "recent"],
  ["GET", "/orders/a%2Fb/lines/2#x", "lines"],
  ["GET", "/files/a.b.json", "file"],
  ["GET", "/files/.json", undefined],
  ["GET", "/files/ajson", undefined],
  ["DELETE", "/orders/or_1", undefined],
  ["GET", "/orders/or_1/lines", undefined],
  ["GET", "", undefined],
])("%s %s is %s", (method, path, name) => {
  expect(findEndpoint(endpoints, method, path)?.name).toBe(name);
});
