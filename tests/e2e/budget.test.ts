import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page, Response } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";

const url = inject("appUrl");
const admin = inject("admin");
const WAIT = 20_000;
/** What a room may ask of a slow connection before it can be used: JavaScript, as gzip sends it. */
const BUDGET = 250 * 1024;
/** Words that minifying leaves, each in one heavy part alone. */
const HEAVY = { canvas: "react-flow__viewport", editor: "cm-lineWrapping" } as const;

let browser: Browser;
let page: Page;
let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;

beforeAll(async () => {
  browser = await launchBrowser();
  const { context } = await signIn(browser, { url, admin });
  signedIn = await context.storageState();
  await context.close();
});
// A browser that has loaded nothing yet.
beforeEach(async () => {
  page = await (await browser.newContext({ baseURL: url, storageState: signedIn })).newPage();
});
afterEach(() => page.context().close());
afterAll(() => browser?.close());

/** The scripts that a room loads from nothing until it can be used. */
async function scriptsOf(path: string, usable: () => Promise<unknown>) {
  const seen: Response[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script" && response.ok()) seen.push(response);
  });
  await page.goto(path);
  await usable();
  const bodies = await Promise.all(seen.map((response) => response.body()));
  const gzipped = bodies.reduce((sum, body) => sum + gzipSync(body).byteLength, 0);
  const has = (part: keyof typeof HEAVY) => bodies.some((body) => body.includes(HEAVY[part]));
  return { count: bodies.length, gzipped, has };
}

test.each([
  ["runs", "/hub/runs"],
  ["events", "/hub/events"],
  ["plugs", "/hub/plugs"],
])("the %s room asks for no more than 250 KB of JavaScript, without canvas and editor", async (_room, path) => {
  const first = await scriptsOf(path, () => page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT }));
  expect(first.count).toBeGreaterThan(3);
  expect(first.gzipped).toBeLessThanOrEqual(BUDGET);
  expect([first.has("canvas"), first.has("editor")]).toEqual([false, false]);
});

test("the canvas comes with the overview, the editor with a body to write", async () => {
  const overview = await scriptsOf("/hub?view=canvas", () =>
    page.locator(".react-flow__node").first().waitFor({ timeout: WAIT }),
  );
  expect([overview.has("canvas"), overview.has("editor")]).toEqual([true, false]);
});
