/**
 * What the transform process runs, as text: Node cannot load TypeScript by
 * itself, and a bundler would not find a file. Plain JavaScript without imports
 * of ours.
 *
 * JSONata's own guard bounds time and depth between its steps; re2js bounds
 * regular expressions (no backtracking); what one built-in does in one go, e.g.
 * padding a text to a gigabyte, is ended from outside. Before each evaluation its
 * number goes down a pipe, at once, so that outside it is known what it was.
 */
export const TRANSFORM_SOURCE = `
const { writeSync } = require("node:fs");
const jsonata = require(process.env.KHOTAN_JSONATA);
const { RE2JS } = require(process.env.KHOTAN_RE2JS);
const compiled = new Map();
process.on("disconnect", () => process.exit());

function note(at) {
  try {
    writeSync(4, Uint8Array.of(at + 1));
  } catch {
    // Full, since the parent is busy: what it has not read yet shows it that we go on.
  }
}

class LinearRegex {
  constructor(regexp) {
    let flags = 0;
    if (regexp.flags.includes("i")) flags |= RE2JS.CASE_INSENSITIVE;
    if (regexp.flags.includes("m")) flags |= RE2JS.MULTILINE;
    if (regexp.flags.includes("s")) flags |= RE2JS.DOTALL;
    this.pattern = RE2JS.compile(RE2JS.translateRegExp(regexp.source), flags);
    this.lastIndex = 0;
  }
  exec(text) {
    const matcher = this.pattern.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    const match = [];
    for (let i = 0; i <= matcher.groupCount(); i++) match.push(matcher.group(i) ?? undefined);
    match.index = matcher.start();
    match.input = text;
    this.lastIndex = matcher.end();
    return match;
  }
  test(text) {
    return this.exec(text) !== null;
  }
}

function compile(text, limits) {
  const key = JSON.stringify(limits) + text;
  let found = compiled.get(key);
  if (!found) {
    found = jsonata(text, { RegexEngine: LinearRegex, timeout: limits.timeMs, stack: limits.depth, sequence: limits.items });
    if (compiled.size >= 500) compiled.clear();
    compiled.set(key, found);
  }
  return found;
}

async function evaluate(text, record, value, limits) {
  try {
    const result = await compile(text, limits).evaluate(record, { value });
    if (result === undefined) return { text: undefined };
    if (typeof result === "function" || (result && (result._jsonata_lambda || result._jsonata_function)))
      return { error: "The result is a function." };
    const json = JSON.stringify(result);
    if (json === undefined) return { error: "The result cannot be written as JSON." };
    if (json.length > limits.bytes) return { error: "The result is larger than " + limits.bytes + " bytes." };
    return { text: json };
  } catch (error) {
    const message = error && typeof error.message === "string" ? error.message : String(error);
    return {
      error: message.slice(0, 500),
      code: error && typeof error.code === "string" ? error.code : undefined,
      position: error && Number.isInteger(error.position) ? error.position : undefined,
    };
  }
}

process.on("message", async ({ id, texts, rows, limits }) => {
  const results = [];
  for (const row of rows) {
    const record = JSON.parse(row.record);
    const done = [];
    for (const { at, value } of row.tasks) {
      note(at);
      done.push(await evaluate(texts[at], record, value === undefined ? undefined : JSON.parse(value), limits));
    }
    results.push(done);
  }
  process.send({ id, results });
});
process.send({ ready: true });
`;
