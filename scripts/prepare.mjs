// What `npm start`, `npm run dev` and `npm test` share: the right Node, installed packages, a build that is not stale.
// Node's own modules only: this runs before anything is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const say = (line) => console.log(`  ${line}`);
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Ends the process with one sentence, unless this Node can run us. */
export const requireNode = () => {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`\n  Khotan needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
};

/** Installs what package-lock.json says, when that has not been done yet. */
export const install = async () => {
  const stamp = at("node_modules", ".khotan-lock");
  const wanted = hashOf([at("package-lock.json")]);
  if (existsSync(stamp)) {
    if (readFileSync(stamp, "utf8") === wanted) return;
  } else if (isNewer(at("node_modules", ".package-lock.json"), at("package-lock.json"))) {
    // Installed by hand.
    writeFileSync(stamp, wanted);
    return;
  }
  await exclusively("install", async () => {
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
    const since = Date.now();
    say("Installing packages (once, a minute or two)");
    // The versions of the lock, without writing it. Not `npm ci`: that refuses a lock which lacks the binaries of
    // another platform. The build needs the development packages, also where NODE_ENV=production would leave them out.
    const flags = ["--no-save", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
    const [file, ...args] = [...npm(), "install", ...flags];
    await run("npm install", file, args, { quiet: false });
    writeFileSync(stamp, wanted);
    say(`Installed in ${seconds(since)}`);
  });
};

/**
 * Compiles the server, and with `pages` also Next's part, when their sources changed since the last time.
 * The outputs carry a hash of what they were made from.
 */
export const build = async ({ pages }) => {
  const sources = [...filesIn(at("src")), at("package-lock.json"), at("package.json"), at("tsconfig.json")];
  const server = { stamp: at("dist", ".made-from"), hash: hashOf([...sources, at("tsconfig.build.json")]) };
  const next = {
    stamp: at(".next", "made-from"),
    hash: hashOf([...sources, at("next.config.ts"), at("postcss.config.mjs"), ...filesIn(at("public"))]),
  };
  const isFresh = ({ stamp, hash }) => existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
  if (isFresh(server) && (!pages || isFresh(next))) return;
  await exclusively("build", async () => {
    if (!isFresh(server)) {
      rmSync(at("dist"), { recursive: true, force: true });
      // Types are checked by `npm run check`; here a mistake in one file must not keep the rest from running.
      const args = [bin("typescript", "tsc"), "-p", "tsconfig.build.json", "--noCheck", "--declaration", "false"];
      await step("Building the server", args);
      writeFileSync(server.stamp, server.hash);
    }
    if (pages && !isFresh(next)) {
      rmSync(next.stamp, { force: true });
      await step("Building the pages (about half a minute)", [bin("next", "next"), "build"]);
      writeFileSync(next.stamp, next.hash);
    }
  });
};

/** The script behind a package's command, so that it runs with this very Node and without a shell. */
export const bin = (name, command) => {
  const { bin: entry } = JSON.parse(readFileSync(at("node_modules", name, "package.json"), "utf8"));
  return at("node_modules", name, typeof entry === "string" ? entry : entry[command]);
};

/** A step that went wrong and has said so. */
export class StepFailed extends Error {}

/** Ends the process when a step fails, quietly, because the step has said why. */
export const orExit = async (work) => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.exit(1);
  }
};

/** Runs a program to its end. @throws StepFailed after printing what it said */
const run = async (title, file, args, { quiet = true, env = {} } = {}) => {
  const { code, output } = await finish(file, args, { quiet, env });
  if (code === 0) return;
  if (quiet) process.stderr.write(output);
  console.error(`\n  ${title} failed (exit code ${code}).\n`);
  throw new StepFailed(title);
};

/** Runs a program to its end and hands back what became of it. */
export const finish = (file, args, { quiet = true, env = {} } = {}) =>
  new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: ["inherit", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    });
    const stop = () => {
      child.kill();
      process.exit(130);
    };
    process.once("SIGINT", stop).once("SIGTERM", stop);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
    const end = (code) => {
      process.removeListener("SIGINT", stop).removeListener("SIGTERM", stop);
      resolve({ code, output });
    };
    child.once("error", (error) => {
      output += `${error.message}\n`;
      end(1);
    });
    child.once("close", (code, signal) => end(code ?? signal));
  });

const step = async (title, args) => {
  const since = Date.now();
  say(`${title} …`);
  const ticker = setInterval(() => say(`… still at it, ${seconds(since)}`), 10_000);
  try {
    await run(title, process.execPath, args, { env: { NODE_ENV: "production" } });
  } finally {
    clearInterval(ticker);
  }
  say(`${title}: done in ${seconds(since)}`);
};

/** npm as it was called, else the one on the path. */
export const npm = () => {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return [process.execPath, script];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
};

/** One process at a time; a lock whose owner is gone counts for nothing. */
const exclusively = async (name, work) => {
  const lock = at(`.${name}.lock`);
  for (let waited = 0; !take(lock); waited++) {
    if (waited === 0) say(`Waiting for another process that is busy with the ${name}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once("exit", release);
  try {
    await work();
  } finally {
    release();
    process.removeListener("exit", release);
  }
};

const take = (lock) => {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const owner = existsSync(join(lock, "pid")) ? Number(readFileSync(join(lock, "pid"), "utf8")) : undefined;
  // Without a pid it was taken this very moment, or its owner died in between, which ten seconds tell apart.
  const gone = owner === undefined ? Date.now() - statSync(lock).mtimeMs > 10_000 : !isAlive(owner);
  if (gone) rmSync(lock, { recursive: true, force: true });
  return false;
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

const isNewer = (file, than) => existsSync(file) && statSync(file).mtimeMs >= statSync(than).mtimeMs;

/** All files below a folder, sorted; tests and what Workflow generates do not change the build. */
const filesIn = (folder) => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === ".well-known" ? [] : filesIn(path);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
    });
};

const hashOf = (files) => {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0]);
  for (const file of files) {
    if (!existsSync(file)) continue;
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
};
