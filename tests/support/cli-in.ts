import { runCli } from "../../src/cli/run-cli.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

export interface FolderRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line in a folder, with nobody to ask and no hub to know. */
export async function cliIn(folder: string, args: readonly string[]): Promise<FolderRun> {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    columns: 100,
    interactive: false,
    env: {},
    home: folder,
    cwd: folder,
    signal: new AbortController().signal,
    readStdin: async () => "",
    openBrowser: () => undefined,
  };
  return { code: await runCli(args, terminal), out, err };
}
