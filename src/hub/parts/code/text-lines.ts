/** A piece of text that fits one row of a view; only the first piece of a line carries its number. */
export interface TextLine {
  readonly number: number | null;
  readonly text: string;
}

const PIECE = 2_000;

/** Cut text into rows. A line of megabytes becomes many, so that a windowed view stays windowed. */
export function textLines(text: string): TextLine[] {
  const rows: TextLine[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    rows.push({ number: index + 1, text: line.slice(0, PIECE) });
    for (let at = PIECE; at < line.length; at += PIECE) rows.push({ number: null, text: line.slice(at, at + PIECE) });
  }
  return rows;
}
