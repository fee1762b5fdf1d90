import { describe, expect, it } from "vitest";
import {
  ATTEMPT_STATUSES,
  CONNECTION_STATUSES,
  DELIVERY_STATUSES,
  RUN_STATUSES,
  WIRE_STATUSES,
} from "../../../contract/statuses.ts";
import {
  ATTEMPT_LOOKS,
  attemptLook,
  CONNECTION_LOOKS,
  DELIVERY_LOOKS,
  type Look,
  RUN_LOOKS,
  WIRE_LOOKS,
} from "./status-looks.ts";

const records: readonly [string, readonly string[], Record<string, Look>][] = [
  ["run", RUN_STATUSES, RUN_LOOKS],
  ["delivery", DELIVERY_STATUSES, DELIVERY_LOOKS],
  ["wire", WIRE_STATUSES, WIRE_LOOKS],
  ["connection", CONNECTION_STATUSES, CONNECTION_LOOKS],
  ["attempt", ATTEMPT_STATUSES, ATTEMPT_LOOKS],
];

describe.each(records)("%s", (_, statuses, looks) => {
  it("has a look for every status and nothing else", () => {
    expect(Object.keys(looks).toSorted()).toEqual([...statuses].toSorted());
  });

  it("gives every status its own shape, so that colour is never the only carrier", () => {
    const shapes = statuses.map((status) => looks[status]?.shape);
    expect(new Set(shapes).size).toBe(statuses.length);
  });
});

describe("red", () => {
  it("is not spent on what will be tried again", () => {
    expect(DELIVERY_LOOKS.failed.tone).toBe("retry");
    expect(attemptLook("failed", true).tone).toBe("retry");
    expect(attemptLook("failed", false).tone).toBe("failed");
    expect(RUN_LOOKS.failed.tone).toBe("failed");
  });
});
