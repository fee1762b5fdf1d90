import type { ImportWarning } from "../import-warning.ts";
import { closestName } from "../names/closest-name.ts";
import { curlError } from "./curl-error.ts";
import { CURL_LETTERS, CURL_OPTIONS, type CurlAction } from "./curl-options.ts";

/** One use of an option. `value` is empty for options without one. */
export interface CurlUse {
  /** As it was written, for people: `-H`, `--header`. */
  readonly written: string;
  readonly action: CurlAction;
  readonly value: string;
}

/** What a curl command asks for, before anything is made of it. */
export interface CurlArguments {
  readonly urls: readonly string[];
  readonly uses: readonly CurlUse[];
  readonly warnings: readonly ImportWarning[];
}

/**
 * Read the words behind `curl`: long options, letters, letters written together (`-sSLXPOST`), and URLs.
 *
 * @throws KhotanError `curl_invalid` for an option that curl does not have, or that lacks its value
 */
export function readCurl(words: readonly string[]): CurlArguments {
  const urls: string[] = [];
  const uses: CurlUse[] = [];
  const warnings: ImportWarning[] = [];
  const rest = [...words];
  let onlyUrls = false;

  const take = (written: string, name: string, attached: string | undefined): boolean => {
    const option = optionFor(written, name);
    const value = option.takesValue ? (attached ?? rest.shift()) : "";
    if (value === undefined) throw curlError(written, "needs a value", "Was the whole command copied?");
    if (option.action === "url") urls.push(value);
    else uses.push({ written, action: option.action, value });
    return option.action === "next";
  };

  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (onlyUrls || word === "-" || !word.startsWith("-")) urls.push(word);
    else if (word === "--") onlyUrls = true;
    else if (word.startsWith("--") ? take(word, word.slice(2), undefined) : takeLetters(word, take)) {
      warnings.push({ path: "--next", message: "only the first request of the command is used" });
      break;
    }
  }
  for (const { written, action } of uses) {
    if (action === "warn")
      warnings.push({ path: written, message: WARNINGS[written] ?? "a plug has no such setting; it is left out" });
  }
  return { urls, uses, warnings };
}

const WARNINGS: Readonly<Record<string, string>> = {
  "-k": "certificates are always checked by a plug",
  "--insecure": "certificates are always checked by a plug",
};

/** @returns whether `--next` was among them */
function takeLetters(
  word: string,
  take: (written: string, name: string, attached: string | undefined) => boolean,
): boolean {
  for (let index = 1; index < word.length; index++) {
    const letter = word[index] ?? "";
    const name = CURL_LETTERS.get(letter);
    if (name === undefined)
      throw curlError(`-${letter}`, "is not an option of curl", "Is it a word that should be in quotes?");
    const attached = word.slice(index + 1);
    const takesValue = CURL_OPTIONS.get(name)?.takesValue ?? false;
    if (take(`-${letter}`, name, takesValue && attached !== "" ? attached : undefined)) return true;
    if (takesValue) return false;
  }
  return false;
}

function optionFor(written: string, name: string): { readonly action: CurlAction; readonly takesValue: boolean } {
  const option = CURL_OPTIONS.get(name);
  if (option) return option;
  const isNegated = name.startsWith("no-") && CURL_OPTIONS.get(name.slice(3))?.takesValue === false;
  if (isNegated) return { action: "ignore", takesValue: false };
  const closest = closestName(name, CURL_OPTIONS.keys());
  throw curlError(
    written.replace(/=.*/s, "").slice(0, 40), // what is behind may be a secret
    "is not an option of curl",
    closest === undefined ? "Only commands of curl can be read." : `Did you mean --${closest}?`,
  );
}
