/** A fenced block of a page. */
export interface Block {
  /** The fence's first word, e.g. `ts` or `sh`. */
  readonly language: string;
  /** The nearest `## ` heading above it. */
  readonly section: string;
  /** The file it shows, when its first line is a comment with a path. */
  readonly file: string | null;
  readonly lines: readonly string[];
  /** Of its first line in the page, from 1. */
  readonly line: number;
}

/** The fenced blocks of a Markdown page, in order. */
export function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let section = "";
  let open: { language: string; line: number; lines: string[] } | null = null;
  for (const [index, text] of markdown.split("\n").entries()) {
    const fence = /^```(\S*)/.exec(text);
    if (open === null) {
      if (fence) open = { language: fence[1] ?? "", line: index + 2, lines: [] };
      else if (text.startsWith("## ")) section = text.slice(3).trim();
    } else if (fence) {
      const file = /^\/\/ (\S+\.tsx?)$/.exec(open.lines[0] ?? "")?.[1] ?? null;
      blocks.push({ ...open, section, file });
      open = null;
    } else open.lines.push(text);
  }
  return blocks;
}
