import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** Looks at the files of an app: Node, Next, config, and a middleware that would take Workflow's requests. */
export async function examineApp(folder: string, node: string = process.versions.node): Promise<Finding[]> {
  const read = (...parts: string[]) => readFile(join(folder, ...parts), "utf8").catch(() => undefined);
  const findings = [nodeVersion(node)];
  const manifest = await read("package.json");
  if (manifest === undefined) return findings;
  const next = versionOf(await read("node_modules", "next", "package.json"));
  if (next === undefined) return findings; // no Next app here, only somebody with a terminal
  findings.push(nextVersion(next));
  const [config] = await firstOf(read, ["khotan.config.ts", "khotan.config.mjs", "khotan.config.js"]);
  findings.push(
    config === undefined
      ? warning(
          "config",
          "There is no khotan.config.ts.",
          'Make one: export default defineConfig({ outputDir: "src/khotan" })',
        )
      : ok("config", config),
  );
  const [name, text] = await firstOf(read, ["src/proxy.ts", "proxy.ts", "src/middleware.ts", "middleware.ts"]);
  if (name !== undefined && text !== undefined) findings.push(middleware(name, text));
  return findings;
}

type Read = (...parts: string[]) => Promise<string | undefined>;

async function firstOf(read: Read, names: readonly string[]): Promise<[name?: string, text?: string]> {
  for (const name of names) {
    const text = await read(name);
    if (text !== undefined) return [name, text];
  }
  return [];
}

function nodeVersion(node: string): Finding {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return ok("node", node);
  return failed("node", `${node} is too old.`, "Install Node 20.19 or newer.");
}

function nextVersion(next: string): Finding {
  const [major = 0, minor = 0] = next.split(".").map(Number);
  if (major === 16 || (major === 15 && minor >= 5)) return ok("next", next);
  return warning("next", `${next} is not what Khotan is tested with.`, "Use Next 15.5 or 16.");
}

/** A matcher that leaves `.well-known` out names it; one that only lists its own paths does not begin with a wildcard. */
function middleware(name: string, text: string): Finding {
  const matcher = /matcher\s*:\s*(\[[^\]]*\]|["'`][^"'`]*["'`])/.exec(text)?.[1];
  const takesAll = matcher === undefined || /\(\?!|\/:path\*["'`]|\.\*/.test(matcher);
  if (!takesAll || /\.?well-known/.test(text)) return ok("middleware", `${name} leaves /.well-known/workflow alone.`);
  return failed(
    "middleware",
    `${name} may take the requests of /.well-known/workflow, and then workflows never run.`,
    'Leave it out of the matcher: "/((?!\\\\.well-known/workflow|_next).*)"',
  );
}

function versionOf(manifest: string | undefined): string | undefined {
  if (manifest === undefined) return undefined;
  const read = z.object({ version: z.string() }).safeParse(JSON.parse(manifest));
  return read.success ? read.data.version : undefined;
}
