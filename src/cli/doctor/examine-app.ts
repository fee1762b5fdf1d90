import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { VERSION } from "../version.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** Looks at the files of an app: versions, and whether all that `khotan init` sets up is there. Runs none of them. */
export async function examineApp(folder: string, node: string = process.versions.node): Promise<Finding[]> {
  const read = (...parts: string[]) => readFile(join(folder, ...parts), "utf8").catch(() => undefined);
  const findings = [nodeVersion(node)];
  // Loaded only here: the other commands need no syntax trees.
  const [{ surveyApp }, { editMatcher, MATCHER_BY_HAND }, { editDrizzleConfig, DRIZZLE_BY_HAND }] = await Promise.all([
    import("../scaffold/survey-app.ts"),
    import("../scaffold/edit-matcher.ts"),
    import("../scaffold/edit-drizzle-config.ts"),
  ]);
  const app = await surveyApp(folder);
  if (app === null) return findings; // no Next app here, only somebody with a terminal
  const next = versionOf(await installed(folder, "next"));
  const missing = failed("next", "It is not installed.", `${app.packageManager} install`);
  findings.push(next === undefined ? missing : nextVersion(next));
  const own = versionOf(await installed(folder, "khotan"));
  if (own !== undefined) findings.push(ownVersion(own));
  const { khotanConfig, nextConfig, instrumentation, proxy, drizzleConfig } = app.files;
  findings.push(
    khotanConfig ? ok("config", khotanConfig) : warning("config", "There is no khotan.config.ts.", "npx khotan init"),
    setUp("next config", nextConfig, nextConfig && (await read(nextConfig)), "withKhotan"),
    setUp("instrumentation", instrumentation, instrumentation && (await read(instrumentation)), "khotan"),
  );
  if (proxy !== undefined)
    findings.push(middleware(proxy, editMatcher((await read(proxy)) ?? "").state, MATCHER_BY_HAND));
  if (drizzleConfig !== undefined)
    findings.push(drizzle(drizzleConfig, editDrizzleConfig((await read(drizzleConfig)) ?? "").state, DRIZZLE_BY_HAND));
  for (const name of ["workflow", "zod", "drizzle-orm"]) {
    if (!app.packages.has(name)) {
      const fix = `${app.packageManager} ${app.packageManager === "npm" ? "install" : "add"} ${name}`;
      findings.push(warning(name, "package.json does not name it; strict package managers hide it then.", fix));
    }
  }
  return findings;
}

/** The manifest of a package as Node finds it: in a monorepo it may be installed above the app. */
async function installed(folder: string, name: string): Promise<string | undefined> {
  const path = join(folder, "node_modules", name, "package.json");
  const text = await readFile(path, "utf8").catch(() => undefined);
  const above = dirname(folder);
  return text ?? (above === folder ? undefined : await installed(above, name));
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

function ownVersion(own: string): Finding {
  if (own === VERSION) return ok("khotan", own);
  return warning("khotan", `The app has ${own}, this command is ${VERSION}.`, "Run the app's own: npx khotan doctor");
}

/** A custom server may do without, so it is no failure. */
function setUp(about: string, file: string | undefined, text: string | undefined, sign: string): Finding {
  if (file !== undefined && text?.includes(sign)) return ok(about, file);
  const message = file === undefined ? "There is none." : `${file} does not name ${sign}.`;
  return warning(about, message, "npx khotan init");
}

/** What `khotan init` would do about it tells what is wrong. */
function middleware(name: string, state: "done" | "there" | "manual", byHand: string): Finding {
  if (state === "there") return ok("middleware", `${name} leaves /.well-known/workflow alone.`);
  const what = `${name} ${state === "done" ? "takes" : "may take"} the requests of /.well-known/workflow, and then workflows never run.`;
  return state === "done"
    ? failed("middleware", what, `npx khotan init, or: ${byHand}`)
    : warning("middleware", what, byHand);
}

/** `drizzle-kit push` drops every table that is not in its schema. */
function drizzle(name: string, state: "done" | "there" | "manual", byHand: string): Finding {
  if (state === "there") return ok("drizzle config", `${name} leaves Khotan's tables alone.`);
  const may = state === "done" ? "would" : "might";
  return warning("drizzle config", `With ${name} drizzle-kit push ${may} drop Khotan's tables.`, byHand);
}

function versionOf(manifest: string | undefined): string | undefined {
  if (manifest === undefined) return undefined;
  const read = z.object({ version: z.string() }).safeParse(JSON.parse(manifest));
  return read.success ? read.data.version : undefined;
}
