import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { text } from "node:stream/consumers";

/** What surrounds a command: injected, so that tests need no process. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** `Infinity` when nobody looks: a pipe gets whole values. */
  readonly columns: number;
  /** A person can be asked. */
  readonly interactive: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readStdin(): Promise<string>;
  openBrowser(url: string): void;
}

/** The terminal of this process. A second Ctrl-C ends it at once. */
export function processTerminal(): Terminal {
  const ending = new AbortController();
  process.once("SIGINT", () => ending.abort());
  process.once("SIGTERM", () => ending.abort());
  // `khotan runs list | head` closes our output early; that is no mistake.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  return {
    out: (line) => void process.stdout.write(line),
    err: (line) => void process.stderr.write(line),
    columns: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    env: process.env,
    home: homedir(),
    cwd: process.cwd(),
    signal: ending.signal,
    readStdin: () => text(process.stdin),
    openBrowser,
  };
}

function openBrowser(url: string): void {
  const program = { darwin: "open", win32: "explorer" }[process.platform as string] ?? "xdg-open";
  const child = spawn(program, [url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined); // no browser here; the address was printed
  child.unref();
}
