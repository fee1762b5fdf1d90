/** Letters to try for a class, the pleasant ones first. */
const LETTERS = "aA0 -_.@/:+,#abcdefghijklmnopqrstuvwxyzBCDEFGHIJKLMNOPQRSTUVWXYZ123456789!$%&*()=?[]{}<>'\"\\|~^`;é";
/** Open repetitions are tried this often at most, to reach a length. */
const MAX_REPEAT = 300;
const MAX_LENGTH = 10_000;

type Node =
  | { readonly kind: "letter"; readonly text: string }
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | { readonly kind: "choice"; readonly branches: readonly Node[] }
  | { readonly kind: "repeat"; readonly node: Node; readonly least: number; readonly most: number };

/**
 * A text that matches a regular expression, for the plain ones that APIs declare: letters, classes, groups, choices and
 * repetitions. The same each time.
 *
 * @returns `null` for what it cannot do: look-arounds, back references, or no text of that length.
 * @example exampleOfPattern("^prod_[0-9]{4}$") // "prod_0000"
 */
export function exampleOfPattern(source: string, minLength = 0): string | null {
  try {
    const pattern = new RegExp(source, "u");
    const tree = new PatternReader(source).read();
    for (let extra = 0; extra <= MAX_REPEAT; extra++) {
      const text = written(tree, extra);
      if (text.length >= minLength && pattern.test(text)) return text;
    }
  } catch {
    // not a pattern of this kind
  }
  return null;
}

function written(node: Node, extra: number): string {
  switch (node.kind) {
    case "letter":
      return node.text;
    case "sequence":
      return node.nodes.map((each) => written(each, extra)).join("");
    case "choice":
      return node.branches[0] ? written(node.branches[0], extra) : "";
    case "repeat": {
      const text = written(node.node, extra);
      const times = Math.min(node.least + extra, node.most);
      if (text.length * times > MAX_LENGTH) throw new RangeError("too long");
      return text.repeat(times);
    }
  }
}

class PatternReader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): Node {
    const tree = this.#choice();
    if (this.#at < this.#source.length) throw new SyntaxError("unexpected )");
    return tree;
  }

  #choice(): Node {
    const branches = [this.#sequence()];
    while (this.#take("|")) branches.push(this.#sequence());
    return { kind: "choice", branches };
  }

  #sequence(): Node {
    const nodes: Node[] = [];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#peek())) nodes.push(this.#repeated(this.#atom()));
    return { kind: "sequence", nodes };
  }

  #atom(): Node {
    if (this.#take("^") || this.#take("$")) return letter("");
    if (this.#take("(")) return this.#group();
    if (this.#peek() === "[") return this.#oneOf(/\[\^?\]?(?:\\.|[^\]\\])*\]/y);
    if (this.#peek() === "\\") return this.#escape();
    if (this.#take(".")) return letter("a");
    return letter(this.#next());
  }

  #group(): Node {
    if (this.#take("?") && !this.#take(":")) {
      if (!this.#match(/<[A-Za-z]\w*>/y)) throw new SyntaxError("look-around");
    }
    const inner = this.#choice();
    if (!this.#take(")")) throw new SyntaxError("( is not closed");
    return inner;
  }

  #escape(): Node {
    if (/^\\[1-9kbB]/.test(this.#source.slice(this.#at))) throw new SyntaxError("back reference or boundary");
    return this.#oneOf(/\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/y);
  }

  /** Let the engine itself say which letter fits. */
  #oneOf(token: RegExp): Node {
    const source = this.#match(token);
    if (!source) throw new SyntaxError("not understood");
    const one = new RegExp(`^${source}$`, "u");
    const fitting = [...LETTERS].find((each) => one.test(each)) ?? "\t\n\r".split("").find((each) => one.test(each));
    if (fitting === undefined) throw new SyntaxError("no letter fits");
    return letter(fitting);
  }

  #repeated(node: Node): Node {
    const mark = this.#match(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
    if (!mark) return node;
    const open = Number.POSITIVE_INFINITY;
    if (mark[0] === "*") return { kind: "repeat", node, least: 0, most: open };
    if (mark[0] === "+") return { kind: "repeat", node, least: 1, most: open };
    if (mark[0] === "?") return { kind: "repeat", node, least: 0, most: 1 };
    const [, least = "0", comma, most = ""] = /^\{(\d+)(,?)(\d*)\}/.exec(mark) ?? [];
    const from = Math.min(Number(least), 10_000);
    return { kind: "repeat", node, least: from, most: comma === "" ? from : most === "" ? open : Number(most) };
  }

  #peek = () => this.#source[this.#at] ?? "";
  #next = () => this.#source[this.#at++] ?? "";
  #take = (text: string) => {
    if (this.#peek() !== text) return false;
    this.#at++;
    return true;
  };
  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}

const letter = (text: string): Node => ({ kind: "letter", text });
