import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { typeCheck } from "../../../tests/docs/type-check.ts";
import { cliIn } from "../../../tests/support/cli-in.ts";
import { authorizeText } from "../add/templates/auth.ts";
import { appFiles } from "./app-files.ts";
import { drizzleFiles } from "./drizzle-files.ts";
import { surveyApp } from "./survey-app.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "khotan-init-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = async (path: string, text: string) => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
};
const read = (path: string) => readFile(join(folder, path), "utf8");
const init = (...args: string[]) => cliIn(folder, ["init", "--no-install", ...args]);

const NEXT_CONFIG = `import type { NextConfig } from "next";

const nextConfig: NextConfig = {
  cacheComponents: true,
};

export default nextConfig;
`;

/** As create-next-app leaves it, as far as it matters here. */
async function freshApp(source: "src/" | "" = "src/", alias = "@/") {
  await put(
    "package.json",
    JSON.stringify({ dependencies: { next: "16.4.3" }, devDependencies: { typescript: "^5" } }),
  );
  await put("tsconfig.json", `{ "compilerOptions": { "paths": { "${alias}*": ["./${source}*"] } } }`);
  await put("next.config.ts", NEXT_CONFIG);
  await put(".gitignore", "/node_modules\n.env*\n");
  await put(`${source}app/page.tsx`, "export default function Page() {}");
}

async function everything(): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await read(path)] as const)));
}

it("shows its plan before it writes, and asks", async () => {
  await freshApp();
  const before = await everything();
  const plan = await init("--full", "--dry-run");
  expect(plan.code).toBe(0);
  expect(plan.out).toContain("create  src/app/api/khotan/[...all]/route.ts");
  expect(plan.out).toContain("edit    next.config.ts");
  expect(plan.out).toContain('run     npm install "drizzle-orm@>=0.45 <0.46" "workflow@^4.8.9" "zod@^4.0.0"');
  expect(await init("--full")).toMatchObject({ code: 2 }); // nobody can be asked
  expect(await everything()).toEqual(before);
});

it("sets a fresh app up, and changes nothing the second time", async () => {
  await freshApp();
  expect(await init("--full", "--yes")).toMatchObject({ code: 0 });
  const after = await everything();
  expect(after["next.config.ts"]).toContain("export default withKhotan(nextConfig);");
  expect(after["src/app/api/khotan/[...all]/route.ts"]).toContain('from "@/khotan/khotan"');
  expect(after["src/app/hub/[[...path]]/page.tsx"]?.trimEnd().split("\n")).toHaveLength(5);
  expect(after[".env.local"]).toMatch(/^KHOTAN_SECRET=[0-9a-f]{64}\nKHOTAN_API_KEY=[0-9a-f]{48}\n$/);
  expect(after[".gitignore"]).toBe("/node_modules\n.env*\n.khotan/\n");
  const again = await init("--full", "--yes");
  expect(again).toMatchObject({ code: 0, out: expect.not.stringMatching(/create|edit/) });
  expect(await everything()).toEqual(after);
});

it("never shows a secret that it makes up", async () => {
  await freshApp();
  const run = await init("--full", "--yes", "--json");
  const made = [...(await read(".env.local")).matchAll(/=(.+)/g)].map(([, secret]) => secret ?? "");
  expect(made).toHaveLength(2);
  for (const secret of made) expect(run.out + run.err).not.toContain(secret);
});

it("follows an app without src, without an alias, with a page elsewhere", async () => {
  await freshApp("", "@lib/");
  await put("tsconfig.json", '{ "compilerOptions": { "paths": { "@ui/*": ["./components/*"] } } }');
  expect(await init("--yes", "--hub", "--hub-path", "admin/integrations")).toMatchObject({ code: 0 });
  const page = await read("app/admin/integrations/[[...path]]/page.tsx");
  expect(page).toContain('<Hub basePath="/admin/integrations" signInPath="/khotan-sign-in" />');
  expect(await read("app/api/khotan/[...all]/route.ts")).toContain('from "../../../../khotan/khotan"');
  expect(await init("--yes", "--hub-path", "a b")).toMatchObject({ code: 2 });
});

it("uses the Drizzle handle, the schema and the accounts that are there", async () => {
  await freshApp("src/", "#app/");
  const dependencies = { next: "16.4.3", "better-auth": "1.7.5", workflow: "4.8.9", zod: "4", "drizzle-orm": "0.45.4" };
  await put("package.json", JSON.stringify({ dependencies }));
  await put("pnpm-lock.yaml", "");
  await put("src/db/index.ts", 'import { drizzle } from "drizzle-orm/postgres-js";\nexport const db = drizzle(url);');
  await put("src/lib/auth.ts", 'import { betterAuth } from "better-auth";\nexport const auth = betterAuth({});');
  await put("drizzle.config.ts", 'export default { schema: "./src/db/schema.ts", dialect: "postgresql" };');
  expect(await surveyApp(folder)).toMatchObject({ alias: "#app/", packageManager: "pnpm" });
  const run = await init("--yes");
  expect(run).toMatchObject({ code: 0, out: expect.not.stringContaining("run ") });
  const hub = await read("src/khotan/khotan.ts");
  expect(hub).toContain('import { db } from "#app/db";');
  expect(hub).toContain('import { authorize } from "./authorize";');
  expect(await read("src/khotan/authorize.ts")).toContain('import { auth } from "#app/lib/auth";');
  expect(Object.keys(await everything())).not.toContain("src/app/api/auth/[...all]/route.ts");
  expect(await read("khotan.config.ts")).toContain('schema: "./src/db/schema.ts"');
  expect(await read("drizzle.config.ts")).toContain('tablesFilter: ["!khotan_*"]');
});

it("gives an app without Drizzle a config that leaves Khotan's tables alone, and a schema for its own", async () => {
  await freshApp();
  expect(await init("--yes")).toMatchObject({ code: 0, out: expect.stringContaining("create  drizzle.config.ts") });
  const config = await read("drizzle.config.ts");
  expect(config).toContain('schema: "./src/db/schema.ts"');
  expect(config).toContain('tablesFilter: ["!khotan_*"]');
  expect(await read("khotan.config.ts")).toContain('schema: "./src/db/schema.ts"');
  expect(await read("src/db/schema.ts")).toContain("export {};");
});

it("names the schema that is there in the config that it writes", async () => {
  await freshApp();
  await put("src/lib/db/schema.ts", 'import { pgTable } from "drizzle-orm/pg-core";');
  await init("--yes");
  expect(await read("drizzle.config.ts")).toContain('schema: "./src/lib/db/schema.ts"');
  expect(Object.keys(await everything())).not.toContain("src/db/schema.ts");
});

describe("init --auth", () => {
  const OURS = [
    "src/lib/auth.ts",
    "src/app/api/auth/[...all]/route.ts",
    "src/app/api/khotan-accounts/route.ts",
    "src/app/khotan-sign-in/account/page.tsx",
    "src/khotan/authorize.ts",
  ];

  it("writes accounts that guard the Hub, names the package, and changes nothing the second time", async () => {
    await freshApp();
    const plan = await init("--full", "--auth", "--dry-run");
    for (const path of OURS) expect(plan.out).toContain(`create  ${path}`);
    expect(plan.out).toContain('"better-auth@^1.7.5"');
    const first = await init("--full", "--auth", "--yes");
    expect(first).toMatchObject({ code: 0, err: expect.stringContaining("KHOTAN_ADMINS=you@example.com") });
    const after = await everything();
    expect(after["src/khotan/khotan.ts"]).toContain('import { authorize } from "./authorize";');
    expect(after["src/khotan/khotan.ts"]).not.toContain("keyAccess");
    expect(after["src/app/hub/[[...path]]/page.tsx"]).toContain(
      '<Hub signInPath="/khotan-sign-in/account" authPath="/api/auth" />',
    );
    expect(after[".env.example"]).toContain("KHOTAN_ADMINS=\n");
    for (const again of [["--full", "--auth"], ["--full"], ["--auth"]]) {
      expect(await init(...again, "--yes")).toMatchObject({ code: 0, out: expect.not.stringMatching(/create|edit/) });
      expect(await everything()).toEqual(after);
    }
  });

  it("comes later to a hub that asks for the key, wherever its page is", async () => {
    await freshApp();
    await init("--full", "--hub-path", "/admin/hub", "--yes");
    const run = await init("--auth", "--yes");
    expect(run).toMatchObject({ code: 0, out: expect.stringContaining("edit    src/khotan/khotan.ts") });
    const files = await everything();
    expect(files["src/khotan/khotan.ts"]).not.toContain("keyAccess");
    expect(files["src/app/admin/hub/[[...path]]/page.tsx"]).toContain(
      '<Hub basePath="/admin/hub" signInPath="/khotan-sign-in/account" authPath="/api/auth" />',
    );
    expect(files["src/app/khotan-sign-in/account/page.tsx"]).toContain('hubPath="/admin/hub"');
    expect(Object.keys(files)).not.toContain("src/app/hub/[[...path]]/page.tsx");
    expect(await init("--auth", "--yes")).toMatchObject({ code: 0, out: expect.not.stringMatching(/create|edit/) });
    expect((await cliIn(folder, ["open", "--print"])).out).toBe("http://localhost:3000/admin/hub\n");
  });

  it("asks the accounts that the app has, and makes no others", async () => {
    await freshApp();
    await put("src/lib/auth.ts", 'import { betterAuth } from "better-auth";\nexport const auth = betterAuth({});');
    const run = await init("--full", "--auth", "--yes");
    expect(run.code).toBe(0);
    const paths = Object.keys(await everything());
    expect(paths).toContain("src/khotan/authorize.ts");
    expect(paths.filter((path) => /api.auth|khotan-accounts|sign-in.account/.test(path))).toEqual([]);
  });

  it("leaves a hub that asks in a way of its own to a person, with the exact step", async () => {
    await freshApp();
    await put("src/khotan/khotan.ts", "export default khotan({ authorize: mine, plugs: [] });\n");
    const run = await init("--auth", "--yes");
    expect(run).toMatchObject({ code: 6, out: expect.stringContaining("Ask ./authorize: import { authorize }") });
    expect(await read("src/khotan/khotan.ts")).toContain("authorize: mine");
  });
});

it("edits what it can, leaves the rest with the exact step, and says so by the exit code", async () => {
  await freshApp();
  await put("next.config.mjs", "export default withMdx(config);");
  await rm(join(folder, "next.config.ts"));
  await put("src/instrumentation.ts", "export function register() {\n  other();\n}\n");
  await put("src/proxy.ts", "export function proxy() {}\n");
  const run = await init("--yes");
  expect(run.code).toBe(6);
  expect(run.out).toContain("by hand next.config.mjs");
  expect(run.out).toContain("export default withKhotan(yourConfig);");
  expect(await read("next.config.mjs")).toBe("export default withMdx(config);");
  expect(await read("src/instrumentation.ts")).toContain("startKhotan");
  expect(await read("src/proxy.ts")).toContain(".well-known/workflow");
});

it("leaves a hub that is there as it is, and refuses where there is no Next app", async () => {
  expect(await init("--yes")).toMatchObject({ code: 2, err: expect.stringContaining("no Next app") });
  await freshApp();
  await put("src/khotan/khotan.ts", "// mine");
  expect(await init("--yes")).toMatchObject({ code: 0 });
  expect(await read("src/khotan/khotan.ts")).toBe("// mine");
});

it("writes what compiles", { timeout: 240_000 }, () => {
  const of = (place: string, source: "src/" | "", options: Parameters<typeof appFiles>[1]) =>
    appFiles(source, options)
      .filter(({ path }) => /\.tsx?$/.test(path))
      .map(({ path, text }) => ({ path: `tests/scaffolded/${place}/${path}`, source: text }));
  const db =
    'import { drizzle } from "drizzle-orm/postgres-js";\nexport const db = drizzle("postgres://localhost/app");\n';
  const auth = 'import { betterAuth } from "better-auth";\nexport const auth = betterAuth({});\n';
  const modules = [
    ...of("fresh", "src/", { hub: true, example: true }),
    ...of("settled", "", { hub: true, hubPath: "/admin/hub", database: "db", authorize: true }),
    { path: "tests/scaffolded/settled/db.ts", source: db },
    { path: "tests/scaffolded/settled/auth.ts", source: auth },
    { path: "tests/scaffolded/settled/khotan/authorize.ts", source: authorizeText("../auth") },
    ...drizzleFiles("src/", undefined).map(({ path, text }) => ({
      path: `tests/scaffolded/fresh/${path}`,
      source: text,
    })),
  ];
  expect(typeCheck(ROOT, modules)).toEqual([]);
});
