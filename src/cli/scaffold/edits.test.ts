import { describe, expect, it } from "vitest";
import type { Edit } from "../edit/register.ts";
import { editDrizzleConfig } from "./edit-drizzle-config.ts";
import { editInstrumentation } from "./edit-instrumentation.ts";
import { editLines } from "./edit-lines.ts";
import { editMatcher } from "./edit-matcher.ts";
import { editNextConfig } from "./edit-next-config.ts";

const textOf = (edit: Edit): string => (edit.state === "done" ? edit.text : `${edit.state}`);

/** Done once, every edit finds its own work. */
const twice = (edit: (text: string) => Edit, text: string): string => {
  const done = textOf(edit(text));
  expect(edit(done)).toEqual({ state: "there" });
  return done;
};

describe("next.config", () => {
  it("is wrapped where its object can be seen, and keeps everything else", () => {
    const fresh = `import type { NextConfig } from "next";

const nextConfig: NextConfig = {
  /* config options here */
  cacheComponents: true,
};

export default nextConfig;
`;
    expect(twice(editNextConfig, fresh)).toBe(
      fresh
        .replace('"next";\n', '"next";\nimport { withKhotan } from "khotan/next";\n')
        .replace("default nextConfig", "default withKhotan(nextConfig)"),
    );
    expect(twice(editNextConfig, "export default {\n  output: 'standalone'\n} satisfies NextConfig\n")).toContain(
      "export default withKhotan({\n  output: 'standalone'\n} satisfies NextConfig)",
    );
    expect(
      twice(editNextConfig, "/** @type {import('next').NextConfig} */\nconst c = {};\nmodule.exports = c;\n"),
    ).toBe(
      "const { withKhotan } = require(\"khotan/next\");\n/** @type {import('next').NextConfig} */\nconst c = {};\nmodule.exports = withKhotan(c);\n",
    );
  });
  it.each([
    ["a plugin's outcome", "import mdx from 'x';\nexport default mdx({});"],
    ["a function", "export default async () => ({});"],
    ["nothing", "const config = {};"],
    ["no program", "export default {"],
  ])("is left to a person when it exports %s", (_, text) => {
    expect(editNextConfig(text)).toMatchObject({ state: "manual" });
  });
});

describe("instrumentation", () => {
  const edit = (text: string) => editInstrumentation(text, "./khotan/khotan");
  it("starts the hub before what register() does already", () => {
    expect(twice(edit, "export function register() {\n  registerOTel();\n}\n")).toBe(
      `export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startKhotan } = await import("khotan/instrumentation");
    await startKhotan(() => import("./khotan/khotan"));
  }
  registerOTel();
}
`,
    );
    expect(twice(edit, "export const register = async () => {\n  other();\n};\n")).toContain("=> {\n  if (process");
    expect(twice(edit, "export const onRequestError = report;\n")).toContain("\n\nexport async function register() {");
  });
  it.each(["export { register } from './other';", "export const register = other;"])(
    "leaves to a person: %s",
    (text) => {
      expect(edit(text)).toMatchObject({ state: "manual" });
    },
  );
});

describe("the matcher of a proxy", () => {
  it.each([
    ["export function proxy() {}\n", 'matcher: ["/((?!.well-known/workflow/).*)"]'],
    ['export const config = { matcher: "/:path*" };', 'matcher: "/((?!.well-known/workflow/).*)"'],
    [
      "export const config = { matcher: ['/((?!api|_next/static).*)'] };",
      "'/((?!.well-known/workflow/|api|_next/static).*)'",
    ],
    [
      "export const config = { matcher: ['/((?!.*\\\\.png$).*)', '/app'] };",
      "(?!.well-known/workflow/|.*\\\\.png$).*)', '/app'",
    ],
  ])("leaves Workflow's requests alone: %s", (text, wanted) => {
    expect(twice(editMatcher, text)).toContain(wanted);
  });
  it.each([
    'export const config = { matcher: ["/dashboard/:path*", "/"] };',
    'export const config = { matcher: "/((?!\\\\.well-known).*)" };',
  ])("is left as it is: %s", (text) => expect(editMatcher(text)).toEqual({ state: "there" }));
  it.each([
    "export const config = { matcher: [{ source: '/(.*)' }] };",
    "export const config = { matcher: ['/:any/x'] };",
    "export { config } from './c';",
  ])("is left to a person: %s", (text) => expect(editMatcher(text)).toMatchObject({ state: "manual" }));
});

describe("drizzle.config", () => {
  it("keeps drizzle-kit from Khotan's tables", () => {
    const own = "export default defineConfig({\n  schema: './db/schema.ts',\n  dialect: 'postgresql',\n});\n";
    expect(twice(editDrizzleConfig, own)).toContain('  tablesFilter: ["!khotan_*"],\n});');
    expect(twice(editDrizzleConfig, "export default { tablesFilter: ['app_*'] } satisfies Config;")).toContain(
      "tablesFilter: ['app_*', \"!khotan_*\"]",
    );
    expect(editDrizzleConfig("export default config();")).toMatchObject({ state: "manual" });
  });
});

it("adds the lines a file lacks, once", () => {
  const edit = (text: string) => editLines(text, [{ line: ".khotan/", sign: /^\/?\.khotan\/?$/ }]);
  expect(twice(edit, "node_modules")).toBe("node_modules\n.khotan/\n");
  expect(edit("/.khotan\n")).toEqual({ state: "there" });
});
