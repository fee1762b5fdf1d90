import { expect, it } from "vitest";
import { plugLetters } from "./plug-tile.tsx";

it.each([
  ["stripe", "St"],
  ["sandbox-west", "Sw"],
  ["a", "A"],
  ["x-1", "X1"],
  ["", ""],
])("%j is %j", (name, letters) => expect(plugLetters(name)).toBe(letters));
