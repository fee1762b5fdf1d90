const MAX_LENGTH = 100;

/**
 * The first sentence of somebody's description as one line of plain text, or nothing. What could end a comment, or
 * is Markdown or HTML, does not get through.
 *
 * @example firstSentence("The **name**. Unique per shop.") // "The name."
 */
export function firstSentence(description: unknown, maxLength = MAX_LENGTH): string | undefined {
  if (typeof description !== "string") return undefined;
  const plain = description
    .slice(0, 4000)
    .replace(/<[^>]*>/g, " ")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*]{1,3}|__|`|^#+\s|^>\s?|(?<![^\s(])_(?=\S)|(?<=\S)_(?![^\s.,;:!?)])/gm, "")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/[\p{C}\p{Z}\s]+/gu, " ").trim())
    .find((paragraph) => /[\p{L}\p{N}]/u.test(paragraph));
  if (plain === undefined) return undefined;
  const sentence = /^.*?[.!?](?=\s+[\p{Lu}\p{N}]|$)/u.exec(plain)?.[0] ?? plain;
  return shortened(sentence, maxLength);
}

function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  const end = cut.lastIndexOf(" ");
  return `${cut.slice(0, end > maxLength / 2 ? end : maxLength).replace(/[\s,;:.\ud800-\udbff]+$/, "")}…`;
}

/** A doc comment; several lines become a block. */
export function docComment(lines: readonly string[]): string[] {
  const safe = lines.map((line) => line.replaceAll("*/", "*\\/").replace(/[\r\n\u2028\u2029]+/g, " "));
  if (safe.length === 1) return [`/** ${safe[0]} */`];
  return ["/**", ...safe.map((line) => ` * ${line}`.trimEnd()), " */"];
}
