import { expect, it } from "vitest";
import { auditKeys } from "./audit-keys.ts";

it.each([
  [{ data: { keys: ["apiKey"], cleared: ["mode", "apiKey"] }, target: null }, ["apiKey", "mode"]],
  [{ data: {}, target: "hdl_1" }, ["hdl_1"]],
  [{ data: { keys: "apiKey" }, target: null }, []],
])("%#", (entry, keys) => expect(auditKeys(entry)).toEqual(keys));
