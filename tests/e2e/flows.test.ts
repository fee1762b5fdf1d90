import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type HubPage, signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";
import { seriousBarriers } from "../support/serious-barriers.ts";

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

test("a flow that takes a body asks for it by a form, says what does not fit, and gets what was filled in", async () => {
  const { page } = hub;
  await page.goto("/hub/flows/orders-to-board");
  await page.getByRole("button", { name: "Run now…" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("author").waitFor({ timeout: WAIT });
  await dialog.getByLabel("author").fill("Mira");
  expect(await seriousBarriers(page)).toEqual([]);
  await dialog.getByRole("radio", { name: "JSON" }).click();
  const body = dialog.getByLabel("Body", { exact: true });
  expect(JSON.parse(await body.inputValue())).toEqual({ author: "Mira" });
  await body.fill('{ "author": "Mira", "from": "yesterday" }');
  await dialog.getByText(/does not fit/i).waitFor({ timeout: WAIT });
  await body.fill('{ "author": "Mira", "from": "2026-01-01T00:00:00Z" }');
  await dialog.getByRole("button", { name: "Run now" }).click();
  await dialog.waitFor({ state: "detached", timeout: WAIT });
  const { items } = await read("/runs?kind=relay&source=manual&limit=1");
  expect(JSON.stringify((await read(`/runs/${items[0].id}`)).input)).toContain('"author":"Mira"');
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
    expect(await seriousBarriers(page)).toEqual([]);
  }
  await visit.context.close();
});
