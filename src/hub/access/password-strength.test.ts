import { expect, it } from "vitest";
import { passwordStrength } from "./password-strength.ts";

it.each([
  ["", 0],
  ["eleven char", 0],
  ["aaaaaaaaaaaaaaaaaaaaaaaa", 1],
  ["abcdefabcdef", 1],
  ["correct hors", 2],
  ["correct horse ba", 3],
  ["correct horse battery", 4],
])("%j has %d bars", (password, bars) => expect(passwordStrength(password)).toBe(bars));
