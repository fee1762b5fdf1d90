import { expect, it } from "vitest";
import { safeNext } from "./safe-next.ts";

it.each([
  ["/hub/runs?status=failed#x", "/hub/runs?status=failed#x"],
  [null, "/hub"],
  ["", "/hub"],
  ["https://evil.example", "/hub"],
  ["//evil.example/x", "/hub"],
  ["/\\evil.example", "/hub"],
  ["javascript:alert(1)", "/hub"],
  ["/\t/evil.example", "/hub"],
])("%j leads to %s", (next, path) => expect(safeNext(next, "/hub")).toBe(path));
