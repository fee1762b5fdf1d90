import type { Doc, Group } from "./doc.ts";
import { textWidth } from "./text-width.ts";

interface Piece {
  readonly indent: number;
  readonly flat: boolean;
  readonly doc: Doc;
}

export interface LaidOut {
  readonly text: string;
  /** The marks of the groups that were broken. */
  readonly broken: ReadonlySet<object>;
}

const INDENT = 2;

/**
 * Write a document, breaking as few lines as its width allows.
 *
 * @example layOut(group(["[", indent([SOFT_LINE, "1"]), SOFT_LINE, "]"]), 80).text // "[1]"
 */
export function layOut(doc: Doc, width: number): LaidOut {
  const broken = new Set<object>();
  const todo: Piece[] = [{ indent: 0, flat: false, doc }];
  const out: string[] = [];
  let column = 0;
  /** A hard line inside of what was to be flat: what comes behind it is measured anew. */
  let measureAnew = false;
  const write = (text: string): void => {
    out.push(text);
    column += textWidth(text);
  };
  const newLine = (spaces: number): void => {
    const last = out.pop();
    if (last !== undefined) out.push(last.trimEnd());
    out.push("\n", " ".repeat(spaces));
    column = spaces;
  };

  for (let piece = todo.pop(); piece !== undefined; piece = todo.pop()) {
    const { indent, flat, doc: current } = piece;
    if (typeof current === "string") write(current);
    else if (isList(current)) push(todo, piece, current);
    else if (current.kind === "indent") todo.push({ indent: indent + INDENT, flat, doc: current.content });
    else if (current.kind === "ifBreak") {
      if (!flat) todo.push({ indent, flat, doc: current.broken });
    } else if (current.kind === "line") {
      if (flat && !current.hard) write(current.flat);
      else {
        measureAnew = flat;
        newLine(indent);
      }
    } else if (current.kind === "fill") {
      for (const [index, part] of current.parts.entries()) {
        if (index > 0 && column + 1 + textWidth(part) > width) newLine(indent);
        else if (index > 0) write(" ");
        write(part);
      }
    } else {
      const chosen = choose(current, { ...piece, flat: flat && !measureAnew }, width - column, todo);
      measureAnew = false;
      if (!chosen.flat && current.mark) broken.add(current.mark);
      todo.push(chosen);
    }
  }
  return { text: out.join(""), broken };
}

function choose(current: Group, { indent, flat }: Piece, room: number, rest: readonly Piece[]): Piece {
  const states = current.states ?? [current.content];
  const last = { indent, flat: false, doc: states.at(-1) ?? "" };
  if (current.broken) return last;
  const whole = { indent, flat: true, doc: current.content };
  if (flat || fits(whole, room, rest)) return whole;
  for (const state of states.slice(1)) {
    const option = { indent, flat: true, doc: state };
    if (fits(option, room, rest)) return option;
  }
  return last;
}

const isList = (doc: Doc): doc is readonly Doc[] => Array.isArray(doc);

function push(todo: Piece[], { indent, flat }: Piece, docs: readonly Doc[]): void {
  for (let index = docs.length - 1; index >= 0; index--) todo.push({ indent, flat, doc: docs[index] ?? "" });
}

/** Whether everything up to the next line break has room. */
function fits(first: Piece, room: number, rest: readonly Piece[]): boolean {
  const todo: Piece[] = [first];
  let left = room;
  let restIndex = rest.length;
  while (left >= 0) {
    const piece = todo.pop() ?? rest[--restIndex];
    if (piece === undefined) return true;
    const { indent, flat, doc } = piece;
    if (typeof doc === "string") left -= textWidth(doc);
    else if (isList(doc)) push(todo, piece, doc);
    else if (doc.kind === "indent") todo.push({ indent, flat, doc: doc.content });
    else if (doc.kind === "ifBreak") {
      if (!flat) todo.push({ indent, flat, doc: doc.broken });
    } else if (doc.kind === "line") {
      if (!flat || doc.hard) return true;
      left -= textWidth(doc.flat);
    } else if (doc.kind === "fill") left -= textWidth(doc.parts.join(" "));
    else {
      const inside = flat && !doc.broken;
      todo.push({ indent, flat: inside, doc: inside ? doc.content : (doc.states?.at(-1) ?? doc.content) });
    }
  }
  return false;
}
