/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | null | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const render = (part: Part): string => {
  if (part === null) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return part.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  return "html" in part ? part.html : part.map(render).join("");
};

/**
 * HTML from a template: whatever is put in is escaped, unless it is HTML itself.
 *
 * @example html`<p>${"<b>"}</p>`.html // "<p>&lt;b&gt;</p>"
 */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((text, at) => text + (at < parts.length ? render(parts[at] ?? null) : "")).join(""),
});

/** Sentences with `code` in backticks. */
export const prose = (text: string): Html[] =>
  text.split(/`([^`]*)`/).map((piece, at) => (at % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`));
