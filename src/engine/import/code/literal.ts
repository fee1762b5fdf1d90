/** Escaped: line ends, control characters, lone surrogates, and what editors show wrongly or not at all. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text as a TypeScript string, in double quotes unless single ones need fewer escapes.
 *
 * @example stringLiteral('say "a"') // `'say "a"'`
 */
export function stringLiteral(value: string): string {
  const doubles = value.split('"').length;
  const singles = value.split("'").length;
  const quote = doubles > singles ? "'" : '"';
  // Written out, "${" is taken for a forgotten template.
  const escaped = value.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`).replaceAll("${", "\\u0024{");
  return quote + printable(escaped) + quote;
}

/** A text as a piece of a template literal. */
export const templateText = (value: string): string =>
  printable(value.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${"));

function printable(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (character) =>
      SHORT[character] ??
      [...Array(character.length).keys()]
        .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
        .join(""),
  );
}

/** Of other letters only those of scripts that are complete: what is a letter depends on a tool's Unicode version. */
const IDENTIFIER =
  /^(?!\d)(?:[A-Za-z0-9_$]|(?=\p{ID_Start})(?![\u{10000}-\u{10ffff}])[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}])+$/u;
const STATUS = /^[1-5]\d\d$/;

/** A key of an object literal: bare when it can be. */
export const objectKey = (key: string): string => (IDENTIFIER.test(key) || STATUS.test(key) ? key : stringLiteral(key));
