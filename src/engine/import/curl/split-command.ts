import type { ImportWarning } from "../import-warning.ts";
import { ansiC } from "./ansi-c.ts";
import { curlError } from "./curl-error.ts";
import { shellVariable, withoutMarks } from "./shell-variable.ts";

export interface SplitCommand {
  /** The words of each simple command. */
  readonly commands: readonly (readonly string[])[];
  readonly warnings: readonly ImportWarning[];
}

const NAME = /^[A-Za-z_]\w*/;

/**
 * Split a command line into words, as a shell does, without running anything: quotes, escapes, `$'…'`, line continuations
 * and comments; variables are only marked, and what would run another command is refused.
 * Source: POSIX.1-2024, Shell Command Language §2.2–2.3; `$'…'` from §2.2.4.
 *
 * @example splitCommand(`curl -H 'Accept: text/csv' "$URL"`)
 * @throws KhotanError `curl_invalid`
 */
export function splitCommand(source: string): SplitCommand {
  const splitter = new Splitter(withoutMarks(source).replaceAll("\r\n", "\n").replaceAll("\0", ""));
  splitter.run();
  return { commands: splitter.commands, warnings: splitter.warnings };
}

class Splitter {
  readonly commands: string[][] = [];
  readonly warnings: ImportWarning[] = [];
  readonly #source: string;
  #at = 0;
  #words: string[] = [];
  /** `null` between words; an empty word is one that was quoted. */
  #word: string | null = null;
  /** The next word is where output goes, and no argument. */
  #redirected = false;

  constructor(source: string) {
    this.#source = source;
  }

  run(): void {
    while (this.#at < this.#source.length) this.#step(this.#source[this.#at] ?? "");
    this.#endCommand();
  }

  #step(character: string): void {
    if (character === "\\") this.#escape();
    else if (character === "'") this.#single();
    else if (character === '"') this.#double();
    else if (character === "$") this.#dollar(false);
    else if (character === "`") this.#refuse("`");
    else if (character === "^" && this.#source[this.#at + 1] === "\n") this.#refuseWindows();
    else if (character === " " || character === "\t") {
      this.#endWord();
      this.#at++;
    } else if (character === "\n") {
      this.#endCommand();
      this.#at++;
    } else if (character === "#" && this.#word === null) {
      const end = this.#source.indexOf("\n", this.#at);
      this.#at = end === -1 ? this.#source.length : end;
    } else if ("|;&<>()".includes(character)) this.#operator(character);
    else this.#add(character, 1);
  }

  #add(text: string, length: number): void {
    this.#word = (this.#word ?? "") + text;
    this.#at += length;
  }

  #endWord(): void {
    if (this.#word !== null && !this.#redirected) this.#words.push(this.#word);
    if (this.#word !== null) this.#redirected = false;
    this.#word = null;
  }

  #endCommand(): void {
    this.#endWord();
    if (this.#words.length > 0) this.commands.push(this.#words);
    this.#words = [];
    this.#redirected = false;
  }

  #escape(): void {
    const rest = this.#source.slice(this.#at + 1);
    // Blanks behind a continuation are a slip of pasting, and never meant.
    const continuation = /^[ \t]*\n/.exec(rest);
    if (continuation) this.#at += 1 + continuation[0].length;
    else if (rest === "") this.#at++;
    else {
      const [character = ""] = rest;
      this.#add(character, 1 + character.length);
    }
  }

  #single(): void {
    const end = this.#source.indexOf("'", this.#at + 1);
    if (end === -1) throw this.#unended("'");
    this.#add(this.#source.slice(this.#at + 1, end), end + 1 - this.#at);
  }

  #double(): void {
    const start = this.#at;
    this.#add("", 1);
    for (;;) {
      const character = this.#source[this.#at];
      if (character === undefined) {
        this.#at = start;
        throw this.#unended('"');
      }
      if (character === '"') {
        this.#at++;
        return;
      }
      const next = this.#source[this.#at + 1];
      if (character === "\\" && next === "\n") this.#at += 2;
      else if (character === "\\" && next !== undefined && '$`"\\'.includes(next)) this.#add(next, 2);
      else if (character === "$") this.#dollar(true);
      else if (character === "`") this.#refuse("`");
      else this.#add(character, 1);
    }
  }

  #dollar(inDouble: boolean): void {
    const next = this.#source[this.#at + 1];
    if (next === "'" && !inDouble) {
      const read = ansiC(this.#source, this.#at + 2);
      if (read === null) throw this.#unended("$'");
      this.#add(read.text, read.end - this.#at);
    } else if (next === '"' && !inDouble) this.#at++;
    else if (next === "(") this.#refuse("$(");
    else if (next === "{") this.#braced();
    else {
      const name =
        NAME.exec(this.#source.slice(this.#at + 1, this.#at + 200))?.[0] ?? /^[\d@*#?$!-]/.exec(next ?? "")?.[0];
      if (name === undefined) this.#add("$", 1);
      else this.#add(shellVariable(name), 1 + name.length);
    }
  }

  /** `${NAME}`, also with a default behind it. */
  #braced(): void {
    const end = this.#source.indexOf("}", this.#at);
    const inside = end === -1 ? "" : this.#source.slice(this.#at + 2, end);
    const name = NAME.exec(inside)?.[0] ?? (/^\d+$/.test(inside) ? inside : undefined);
    if (name === undefined || /[$`]/.test(inside))
      throw curlError(this.#place(), "this kind of expansion is not understood", "Write the value, or a plain $NAME.");
    this.#add(shellVariable(name), end + 1 - this.#at);
  }

  #operator(character: string): void {
    const rest = this.#source.slice(this.#at);
    if (character === "&" && this.#word !== null && /^&[\w.[\]%-]+=/.test(rest) && /:\/\/|\?/.test(this.#word)) {
      this.#warn(
        "a shell would end the command at this & because the URL is not in quotes; it is taken as part of the URL",
      );
      this.#add("&", 1);
    } else if (character === "<" || character === ">") {
      if (this.#word !== null && /^\d+$/.test(this.#word)) this.#word = null;
      this.#endWord();
      this.#at += /^[<>]{1,2}[&|]?/.exec(rest)?.[0].length ?? 1;
      this.#redirected = true;
    } else if (character === "(" || character === ")") {
      throw curlError(
        this.#place(),
        `a shell does not take "${character}" here`,
        "Put the word that it belongs to in quotes.",
      );
    } else {
      this.#endCommand();
      this.#at++;
    }
  }

  #refuse(what: string): never {
    throw curlError(
      this.#place(),
      `${what} would run another command`,
      "Nothing is run here: write what that command prints, or a plain $NAME.",
    );
  }

  #refuseWindows(): never {
    throw curlError(
      this.#place(),
      "this is written for the command line of Windows, where quotes mean something else",
      "In a browser's network panel choose Copy as cURL (bash).",
    );
  }

  #unended(quote: string): Error {
    return curlError(this.#place(), `the quote ${quote} does not end`, "Was the whole command copied?");
  }

  #warn(message: string): void {
    this.warnings.push({ path: this.#place(), message });
  }

  #place(): string {
    const before = this.#source.slice(0, this.#at).split("\n");
    return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  }
}
