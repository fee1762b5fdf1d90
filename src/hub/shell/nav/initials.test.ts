import { expect, it } from "vitest";
import { initials } from "./initials.ts";

it.each([
  ["Mira Okafor", "MO"],
  ["mira.okafor@halden.dev", "MO"],
  ["mira@halden.dev", "MI"],
  ["Ada Byron King", "AK"],
  ["", ""],
])("%j is %j", (name, letters) => expect(initials(name)).toBe(letters));
