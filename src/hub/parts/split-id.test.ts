import { expect, it } from "vitest";
import { splitId } from "./split-id.ts";

it.each([
  ["run_01m7wj9c503q6tm8de", undefined, "run_", "01m7wj9c503q6tm8de"],
  ["run_01m7wj9c503q6tm8de", 8, "run_", "03q6tm8de".slice(-8)],
  ["wh_687dcaaf", 4, "wh_", "caaf"],
  ["plain", undefined, "", "plain"],
])("%s, tail %s", (id, tail, prefix, rest) => expect(splitId(id, tail)).toEqual({ prefix, rest }));
