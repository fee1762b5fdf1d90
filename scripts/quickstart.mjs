#!/usr/bin/env node
// `npm run quickstart`: docs/quickstart.md as a newcomer types it, in a fresh app, from the packed library; with times.
// Ends with 1 when a step fails, or when the first verified event took longer than three minutes.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { buildLib } from "./build-lib.mjs";
import { finish, npm, root } from "./prepare.mjs";

const LIMIT_MS = 180_000;
const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What create-next-app leaves behind, as far as it matters here. */
const FRESH = {
  "package.json": JSON.stringify({
    name: "my-app",
    private: true,
    scripts: { dev: "next dev", build: "next build", start: "next start" },
    dependencies: {
      next: devDependencies.next,
      react: devDependencies.react,
      "react-dom": devDependencies["react-dom"],
    },
    devDependencies: { "@types/node": "^20", "@types/react": "^19", "@types/react-dom": "^19", typescript: "^5" },
  }),
  "next.config.ts":
    'import type { NextConfig } from "next";\n\nconst nextConfig: NextConfig = {};\n\nexport default nextConfig;\n',
  ".gitignore": "/node_modules\n/.next/\n.env*\n",
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      ...{ target: "ES2017", lib: ["dom", "dom.iterable", "esnext"], strict: true, noEmit: true, skipLibCheck: true },
      ...{ module: "esnext", moduleResolution: "bundler", esModuleInterop: true, resolveJsonModule: true },
      ...{ isolatedModules: true, jsx: "react-jsx", plugins: [{ name: "next" }], paths: { "@/*": ["./src/*"] } },
    },
    include: ["next-env.d.ts", "**/*.ts", "**/*.tsx", ".next/types/**/*.ts"],
    exclude: ["node_modules"],
  }),
  "src/app/layout.tsx":
    'export default function Layout({ children }: { children: React.ReactNode }) {\n  return (\n    <html lang="en">\n      <body>{children}</body>\n    </html>\n  );\n}\n',
  "src/app/page.tsx": "export default function Page() {\n  return <main>Hello</main>;\n}\n",
};

/** Nothing of this shell's that a newcomer would not have. */
const environment = (more) => {
  const own = Object.entries(process.env).filter(([name]) => !/^(KHOTAN_|DATABASE_URL|NODE_ENV|npm_)/.test(name));
  return { ...Object.fromEntries(own), CI: "1", NO_COLOR: "1", npm_config_update_notifier: "false", ...more };
};

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Print a command as it is typed, run it, print what it said and how long it took. @throws Error when it fails */
const type = async (folder, shown, [program, ...args], env) => {
  console.log(`\n$ ${shown}`);
  const began = performance.now();
  const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const code = await new Promise((resolve) => child.once("close", resolve));
  const took = performance.now() - began;
  const lines = output.split("\n").filter((line) => line.trim() !== "" && !/^npm warn|^npm notice/.test(line));
  for (const line of lines.slice(-24)) console.log(`  ${line}`);
  console.log(`  (${seconds(took)})`);
  if (code !== 0) throw new Error(`${shown} ended with ${code}`);
  return { output, took };
};

const folder = mkdtempSync(join(tmpdir(), "khotan-quickstart-"));
const app = join(folder, "my-app");
let server;
try {
  console.log("Before: the library is packed, and a fresh Next app is made.");
  await buildLib();
  const [pack, ...packArgs] = npm();
  const packed = await finish(pack, [...packArgs, "pack", "--ignore-scripts", "--pack-destination", folder]);
  if (packed.code !== 0) throw new Error(packed.output);
  const tarball = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(".tgz")),
  );
  for (const [path, text] of Object.entries(FRESH)) {
    mkdirSync(dirname(join(app, path)), { recursive: true });
    writeFileSync(join(app, path), text);
  }
  const port = await freePort();
  const env = environment({ PORT: String(port) });
  const install = [pack, ...packArgs, "install", "--prefer-offline", "--no-audit", "--no-fund"];
  const fresh = await finish(install[0], [...install.slice(1), "--prefix", app]);
  if (fresh.code !== 0) throw new Error(fresh.output);

  const cli = [process.execPath, join(app, "node_modules", "khotan", "lib", "cli", "main.js")];
  const url = `http://localhost:${port}`;
  const hub = { ...env, KHOTAN_URL: url };
  const began = performance.now();
  await type(app, "npm install khotan", [...install, tarball], env);
  const init = await type(app, "npx khotan init --full --yes", [...cli, "init", "--full", "--yes"], env);
  const secret = /--secret (\S+)/.exec(init.output)?.[1] ?? "";

  console.log("\n$ npm run dev");
  const started = performance.now();
  server = spawn(
    process.execPath,
    [join(app, "node_modules", "next", "dist", "bin", "next"), "dev", "-p", String(port)],
    {
      cwd: app,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  for (const stream of [server.stdout, server.stderr])
    stream.on("data", (chunk) => {
      said += chunk;
    });
  while (
    !(await fetch(`${url}/api/khotan/ready`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (server.exitCode !== null || performance.now() - started > 170_000)
      throw new Error(`It did not start:\n${said}`);
    await delay(250);
  }
  console.log(`  ${url}/hub\n  (ready after ${seconds(performance.now() - started)})`);

  const connect = ["wires", "connect", "hello", "--var", `webhookSecret=${secret}`];
  await type(app, `npx khotan ${connect.join(" ")}`, [...cli, ...connect], hub);
  const trigger = ["trigger", "generic", "order.created", "--plug", "hello", "--secret", secret];
  await type(app, `npx khotan ${trigger.join(" ")}`, [...cli, ...trigger], hub);
  const took = performance.now() - began;

  console.log("\nAnd this proves it:");
  const proof = await type(
    app,
    "npx khotan events list --plug hello",
    [...cli, "events", "list", "--plug", "hello"],
    hub,
  );
  if (!/evt_\w+ .*order\.created/.test(proof.output)) throw new Error("The event is not there.");
  console.log(`\nFrom a fresh app to the first verified event: 5 commands, ${seconds(took)}.`);
  if (took > LIMIT_MS) throw new Error("That is more than three minutes.");
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  if (server && server.exitCode === null) {
    const gone = new Promise((resolve) => server.once("close", resolve));
    server.kill("SIGTERM");
    await Promise.race([gone, delay(15_000, undefined, { ref: false })]);
    if (server.exitCode === null) server.kill("SIGKILL");
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
}
