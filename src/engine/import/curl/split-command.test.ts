import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replaceVariables } from "./shell-variable.ts";
import { splitCommand } from "./split-command.ts";

const SEPARATOR = "\u0002";

/** What a real shell makes of commands: the words of each. Nothing but `printf` is run. */
function shellWords(shell: string, commands: readonly string[]): (string[] | null)[] {
  return commands.map((command) => {
    const script = `set -f; words() { for word do printf '%s${SEPARATOR}' "$word"; done; }; words ${command}`;
    const { status, stdout } = spawnSync(shell, ["-c", script], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8", x: "" },
    });
    return status === 0 ? stdout.split(SEPARATOR).slice(0, -1) : null;
  });
}

const ourWords = (command: string): readonly string[] | null => {
  try {
    const { commands } = splitCommand(`words ${command}`);
    // Variables are unset in the shell that we compare with.
    return commands[0]?.slice(1).map((word) => replaceVariables(word, () => "")) ?? [];
  } catch {
    return null;
  }
};

const plain = fc.stringMatching(/^[a-z0-9=:/.,%+@_-]{1,8}$/);
const anything = fc
  .string({ unit: "grapheme", maxLength: 12 })
  .filter((text) => !/[\p{Cc}\p{Cs}\p{Co}]/u.test(text.replaceAll("\n", "")));
const single = anything.map((text) => `'${text.replaceAll("'", `'\\''`)}'`);
const double = anything.map((text) => `"${text.replaceAll(/[\\"$`]/g, "\\$&")}"`);
const looseDouble = fc.stringMatching(/^[a-z \\']{0,10}$/).map((text) => `"${text.replace(/\\$/, "")}"`);
const escaped = anything
  .filter((text) => text !== "")
  .map((text) =>
    [...text]
      .map((character) => (/[\w/:.-]/.test(character) ? character : character === "\n" ? "'\n'" : `\\${character}`))
      .join(""),
  );
const ansi = fc
  .array(
    fc.constantFrom(
      "a",
      "é",
      "\\n",
      "\\t",
      "\\'",
      '\\"',
      "\\\\",
      "\\x41",
      "\\xc3\\xa9",
      "\\u20ac",
      "\\U0001F600",
      "\\101",
      "\\cA",
      "\\z",
      "\\e",
      '"',
      "$x",
    ),
    { maxLength: 8 },
  )
  .map((parts) => `$'${parts.join("")}'`);
const continuation = fc.constant("\\\n");
const word = (...more: fc.Arbitrary<string>[]) =>
  fc
    .array(fc.oneof(plain, single, double, looseDouble, escaped, continuation, ...more), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join(""));
const command = (...more: fc.Arbitrary<string>[]) =>
  fc.array(word(...more), { minLength: 1, maxLength: 5 }).map((words) => words.join(" "));

describe("splitting a command", () => {
  it("gives the words that sh gives", () => {
    fc.assert(
      fc.property(fc.array(command(), { minLength: 1, maxLength: 4 }), (commands) => {
        expect(commands.map(ourWords)).toEqual(shellWords("sh", commands));
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it("gives the words that bash gives, with its $'…'", ({ skip }) => {
    if (spawnSync("bash", ["-c", ":"]).status !== 0) skip("there is no bash here");
    fc.assert(
      fc.property(command(ansi), (text) => {
        expect(ourWords(text)).toEqual(shellWords("bash", [text])[0]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it("agrees with sh on which garbage is no command", () => {
    const garbage = fc.string({
      unit: fc.constantFrom("'", '"', "\\", " ", "a", "b", "=", "\n"),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(garbage, (text) => {
        fc.pre(!/\\[ \t]*\n/.test(text) && !text.endsWith("\\"));
        const [first = ""] = [text.replaceAll("\n", " ")];
        expect(ourWords(first)).toEqual(shellWords("sh", [first])[0]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
