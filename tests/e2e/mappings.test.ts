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

const make = (email: string, refs: Record<string, string>) =>
  hubApi.post("/mappings", { resource: "customers", connect: email, refs });

beforeAll(async () => {
  browser = await launchBrowser();
  await make("lovelace@example.com", { sandbox: "cus_000001", stripe: "cus_A" });
  await make("grace@example.com", { sandbox: "cus_000002" });
  await make("gracie@example.com", { sandbox: "cus_000099", stripe: "cus_G" });
  hub = await signIn(browser, visitor);
});
afterAll(() => browser?.close());

const row = (text: string) => hub.page.locator("[data-row-id]").filter({ hasText: text }).first();

test("a record is found by what a plug calls it, with a column for each plug", async () => {
  const { page } = hub;
  await page.goto("/hub/mappings");
  await page.getByRole("columnheader", { name: "sandbox" }).waitFor({ timeout: WAIT });
  await page.getByRole("columnheader", { name: "stripe" }).waitFor();
  await page.getByRole("searchbox", { name: "Search mappings" }).fill("cus_A");
  await row("lovelace@example.com").waitFor({ timeout: WAIT });
  await expect.poll(() => page.locator("[data-row-id]").count(), { timeout: WAIT }).toBe(1);
});

test("a ref is changed, and the history says from what to what", async () => {
  const { page } = hub;
  await page.goto("/hub/mappings?q=lovelace");
  await row("lovelace@example.com").click();
  await page.getByRole("button", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Ref at stripe" }).fill("cus_ADA");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached", timeout: WAIT });
  await page.locator("ins").filter({ hasText: "cus_ADA" }).waitFor({ timeout: WAIT });
  await page.locator("del").filter({ hasText: "cus_A" }).first().waitFor();
});

test("a mapping is made by hand, seen in another browser, and forgotten", async () => {
  const other = await signIn(browser, visitor);
  await other.page.goto("/hub/mappings");
  await other.page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
  const { page } = hub;
  await page.goto("/hub/mappings");
  await page.getByRole("button", { name: "New mapping…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("email").fill("edsger@example.com");
  await dialog.getByRole("button", { name: "Add a ref" }).click();
  await dialog.getByRole("textbox", { name: /^Ref at/ }).fill("cus_E");
  await dialog.getByRole("button", { name: "Make the mapping" }).click();
  await page.waitForURL(/\/hub\/mappings\/map_/);
  await other.page
    .getByText(/1 new mapping/)
    .or(other.page.locator("[data-row-id]").filter({ hasText: "edsger" }))
    .first()
    .waitFor({ timeout: WAIT });
  await page.getByRole("button", { name: "Forget…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Forget", exact: true }).click();
  await page.waitForURL(/\/hub\/mappings(\?.*)?$/);
  expect(other.complaints).toEqual([]);
  await other.context.close();
});

test("two mappings of one record are merged, after seeing what would be lost", async () => {
  const { page } = hub;
  await page.goto("/hub/mappings?q=grace");
  await row("grace@example.com").click();
  await page.getByRole("button", { name: "Merge…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("searchbox").fill("gracie");
  await dialog.getByRole("button", { name: /gracie@example\.com/ }).click();
  await dialog.getByText(/1 ref is lost/).waitFor({ timeout: WAIT });
  await dialog.getByRole("button", { name: "Merge", exact: true }).click();
  await dialog.waitFor({ state: "detached", timeout: WAIT });
  await expect.poll(async () => (await hubApi.read("/mappings?q=gracie")).items.length, { timeout: WAIT }).toBe(0);
  const [merged] = (await hubApi.read("/mappings?q=grace@example.com")).items;
  expect(merged.refs).toEqual({ sandbox: "cus_000002", stripe: "cus_G" });
});

test("the keys go there, open a mapping and come back", async () => {
  const { page } = hub;
  await page.goto("/hub");
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await page.waitForURL(/\/hub\/mappings/);
  await row("lovelace@example.com").waitFor({ timeout: WAIT });
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByText("Called at each plug").waitFor({ timeout: WAIT });
  await page.keyboard.press("Escape");
  await page.waitForURL(/\/hub\/mappings(\?.*)?$/);
});

test("the browser had nothing to complain about", () => expect(hub.complaints).toEqual([]));

describe.each([
  { width: 1440, dark: true },
  { width: 390, dark: false },
])("at $width", ({ width, dark }) => {
  test("list, mapping and caches have no serious barrier and do not scroll sideways", async () => {
    const { page, context } = await signIn(browser, visitor, { width, dark });
    const [mapping] = (await hubApi.read("/mappings?q=lovelace")).items;
    for (const [path, text] of [
      ["/hub/mappings", "lovelace@example.com"],
      [`/hub/mappings/${mapping.id}`, "Called at each plug"],
      ["/hub/mappings/caches", "No caches yet"],
    ] as const) {
      await page.goto(path);
      await page.getByText(text).first().waitFor({ timeout: WAIT });
      expect(await seriousBarriers(page)).toEqual([]);
    }
    await context.close();
  });
});
