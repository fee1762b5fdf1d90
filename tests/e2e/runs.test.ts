import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { hubApi } from "../support/hub-api.ts";
import { type HubPage, signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";
import { seriousBarriers } from "../support/serious-barriers.ts";

const visitor = { url: inject("appUrl"), admin: inject("admin") };
const WAIT = 15_000;

let browser: Browser;
let hub: HubPage;

beforeAll(async () => {
  browser = await launchBrowser();
  await hubApi.post("/wires/sandbox");
  await hubApi.emit("order.paid", 3);
  await hubApi.until("/runs?status=succeeded&handler=sandbox-orders", ({ items }) => items.length >= 3);
  hub = await signIn(browser, visitor);
});
afterAll(() => browser?.close());

/** A run that said what was paid; other tests leave runs of orders that say nothing. */
async function paidRun(): Promise<string> {
  const { items } = await hubApi.read("/runs?status=succeeded&handler=sandbox-orders&limit=200");
  for (const { id } of items) {
    const { logs } = await hubApi.read(`/runs/${id}`);
    if (logs.some(({ message }: { message: string }) => /order ord_\d+ is paid/.test(message))) return id;
  }
  throw new Error("no order was paid");
}

test("an operator runs everything that matches again: counted first, then a job with its progress", async () => {
  const { page } = hub;
  await page.goto("/hub/runs?status=succeeded&handler=sandbox-orders");
  const rows = page.locator("[data-row-id]");
  await rows.first().waitFor({ timeout: WAIT });
  await rows.first().getByRole("checkbox").click();
  await page.getByRole("button", { name: /^Select all/ }).click();
  await page.getByRole("button", { name: /^Retry/ }).click();
  const dialog = page.getByRole("dialog");
  const matching = (await hubApi.read("/runs?status=succeeded&handler=sandbox-orders&limit=200")).items.length;
  await dialog.getByRole("button", { name: new RegExp(`^Retry ${matching} run`) }).click();
  await dialog.waitFor({ state: "detached", timeout: WAIT });
  await expect
    .poll(async () => (await hubApi.read("/jobs?kind=runs.retry")).items[0]?.status, { timeout: WAIT })
    .toBe("succeeded");
  const [job] = (await hubApi.read("/jobs?kind=runs.retry")).items;
  expect(job.done).toBe(matching);
});

test("the columns and the density are chosen, and the address keeps them", async () => {
  const { page } = hub;
  await page.goto("/hub/runs");
  await page.locator("[data-row-id]").first().waitFor({ timeout: WAIT });
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Attempts" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "Attempts" }).waitFor();
  await page.getByRole("radio", { name: /comfortable/i }).click();
  expect(page.url()).toMatch(/columns=.*attempts/);
  await page.waitForURL(/density=comfortable/);
  await page.reload();
  await page.getByRole("columnheader", { name: "Attempts" }).waitFor({ timeout: WAIT });
});

test("a run is found, opened, read by level and left by keys alone", async () => {
  const { page } = hub;
  await page.goto("/hub");
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await page.waitForURL(/\/hub\/runs/);
  await page.locator("[data-row-id]").first().waitFor({ timeout: WAIT });
  await page.keyboard.press("/");
  await page.keyboard.type("run_");
  await page.waitForURL(/q=run_/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.goto(`/hub/runs?q=${await paidRun()}`);
  await expect.poll(() => page.locator("[data-row-id]").count(), { timeout: WAIT }).toBe(1);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/hub\/runs\/run_/);
  await page.getByText(/order ord_\d+ is paid/).waitFor({ timeout: WAIT });
  await page.getByRole("combobox", { name: "Level" }).selectOption("error");
  await page.getByText(/No line/).waitFor();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("Escape");
  await page.waitForURL(/\/hub\/runs\?/);
});

test("rows stay where they are while new ones come, in two browsers alike", async () => {
  const other = await signIn(browser, visitor);
  const pages = [hub.page, other.page];
  for (const page of pages) {
    await page.goto("/hub/runs");
    await page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
    await page.locator("[data-row-id]").first().waitFor({ timeout: WAIT });
  }
  const firstOf = (page: (typeof pages)[number]) => page.locator("[data-row-id]").first().getAttribute("data-row-id");
  const before = await Promise.all(pages.map(firstOf));
  await hubApi.emit("order.created", 2);
  for (const page of pages)
    await page
      .getByText(/\d+ new runs?/)
      .first()
      .waitFor({ timeout: WAIT });
  expect(await Promise.all(pages.map(firstOf))).toEqual(before);
  await hub.page.keyboard.press(".");
  await expect.poll(() => firstOf(hub.page), { timeout: WAIT }).not.toBe(before[0]);
  expect(other.complaints).toEqual([]);
  await other.context.close();
});

test("the browser had nothing to complain about", () => expect(hub.complaints).toEqual([]));

describe.each([
  { width: 1440, dark: false },
  { width: 390, dark: true },
])("at $width", ({ width, dark }) => {
  test("the list and a run have no serious barrier and do not scroll sideways", async () => {
    const { page, context } = await signIn(browser, visitor, { width, dark });
    await page.goto("/hub/runs");
    await page.locator("[data-row-id]").first().waitFor({ timeout: WAIT });
    expect(await seriousBarriers(page)).toEqual([]);
    const [run] = (await hubApi.read("/runs?handler=sandbox-orders&status=succeeded")).items;
    await page.goto(`/hub/runs/${run.id}`);
    await page.getByRole("tab", { name: /^Log/ }).waitFor({ timeout: WAIT });
    expect(await seriousBarriers(page)).toEqual([]);
    await context.close();
  });
});
