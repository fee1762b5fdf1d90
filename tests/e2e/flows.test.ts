import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { arrived, type HubPage, signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";

const url = inject("appUrl");
const admin = inject("admin");
const key = inject("apiKey");
const WAIT = 15_000;

let browser: Browser;
let hub: HubPage;

beforeAll(async () => {
  browser = await launchBrowser();
  hub = await signIn(browser, { url, admin });
});
afterAll(() => browser?.close());

const read = async (path: string) =>
  (await fetch(`${url}/api/khotan${path}`, { headers: { authorization: `Bearer ${key}` } })).json();

test("an operator runs a flow now, and its run shows without a reload", async () => {
  const { page } = hub;
  await page.goto("/hub/flows");
  await page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
  const before: number = (await read("/runs?kind=inflow&source=manual")).items.length;
  await page.getByRole("button", { name: "Run products full…" }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.getByLabel("Variant").inputValue()).toBe("full");
  await dialog.getByLabel("Body").fill("{not json");
  await dialog.getByText(/This is not JSON/).waitFor();
  await dialog.getByLabel("Body").fill("");
  await dialog.getByRole("button", { name: "Run now" }).click();
  await dialog.waitFor({ state: "detached", timeout: WAIT });
  await expect
    .poll(async () => (await read("/runs?kind=inflow&source=manual")).items.length, { timeout: WAIT })
    .toBe(before + 1);
  const { items } = await read("/runs?kind=inflow&source=manual&limit=1");
  const line = page.getByRole("row").filter({ hasText: "full" });
  await line.locator(`a[href*="${items[0].id}"]`).waitFor({ timeout: WAIT });
  await page.goto("/hub/runs?kind=inflow");
  await page.locator(`[data-row-id="${items[0].id}"]`).waitFor({ timeout: WAIT });
  expect(hub.complaints).toEqual([]);
});

test.each([
  { width: 1440, dark: false },
  { width: 390, dark: true },
])("the room has no serious barrier and does not scroll sideways at $width", async ({ width, dark }) => {
  const visit = await signIn(browser, { url, admin }, { width, dark });
  const { page } = visit;
  for (const path of ["/hub/flows", "/hub/flows/products"]) {
    await page.goto(path);
    await page.getByText("sandbox to Postgres").first().waitFor({ timeout: WAIT });
    await arrived(page);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa"]).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
  await visit.context.close();
});
