import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { type HubPage, signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";
import { makePerson } from "../support/people.ts";
import { seriousBarriers } from "../support/serious-barriers.ts";

const url = inject("appUrl");
const admin = inject("admin");
const key = inject("apiKey");
const WAIT = 20_000;

let browser: Browser;
let hub: HubPage;

beforeAll(async () => {
  browser = await launchBrowser();
  hub = await signIn(browser, { url, admin });
});
afterAll(() => browser?.close());

const api = async (path: string) =>
  (await fetch(`${url}/api/khotan${path}`, { headers: { authorization: `Bearer ${key}` } })).json();

const settled = (page: Page) => page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });

describe("the command palette", () => {
  beforeEach(async () => {
    await hub.page.goto("/hub/settings");
    await settled(hub.page);
  });
  const find = async (text: string, name: RegExp | string) => {
    await hub.page.keyboard.press("Control+k");
    await hub.page.getByRole("combobox").waitFor({ timeout: WAIT });
    await hub.page.keyboard.type(text);
    await hub.page.getByRole("option", { name }).first().waitFor({ timeout: WAIT });
  };

  test.each([
    ["slack", "Slack", /\/hub\/plugs\/slack/],
    ["products", /^products/, /\/hub\/flows\/flw_/],
    ["failed", "Failed runs", /\/hub\/runs\?status=failed/],
    ["api ke", /API keys/, /\/hub\/settings\/keys/],
    ["rejected", "Rejected", /\/hub\/events\/rejected/],
  ])("goes to %s", async (text, name, target) => {
    await find(text, name);
    await hub.page.getByRole("option", { name }).first().click();
    await hub.page.waitForURL(target, { timeout: WAIT });
  });

  test("opens a pasted run id and a pasted event id", async () => {
    const { page } = hub;
    const flows = (await api("/flows")).items;
    const products = flows.find((flow: { name: string }) => flow.name === "products");
    const started = await fetch(`${url}/api/khotan/flows/${products.id}/runs`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ variant: products.variants[0] }),
    });
    const run = await started.json();
    await find(run.id, `Open ${run.id}`);
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/hub/runs/${run.id}`), { timeout: WAIT });
    await page.goto("/hub/settings");
    await settled(page);
    await page.keyboard.press("Control+k");
    const eventId = `evt_${"0".repeat(26)}`;
    await page.getByRole("combobox").fill(eventId);
    await page.waitForURL(new RegExp(`/hub/events/${eventId}`), { timeout: WAIT });
  });

  test("opens a pasted id of a person, a key, a plug and a job where it is shown", async () => {
    const { page } = hub;
    const person = await makePerson({ url, key }, "viewer");
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const send = async (path: string, body: unknown) =>
      (await fetch(`${url}/api/khotan${path}`, { method: "POST", headers, body: JSON.stringify(body) })).json();
    const made = await send("/api-keys", { name: "pasted" });
    const { job } = await send("/runs/cancel", { filter: { q: "matches nothing at all" } });
    const [plug] = (await api("/plugs")).items;
    const paste = async (id: string, target: string) => {
      await page.goto("/hub/settings");
      await settled(page);
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill(id);
      await page.waitForURL(`**${target}`, { timeout: WAIT });
    };
    await paste(person.id, `/hub/settings/users?id=${person.id}`);
    await page.locator("li[aria-current=true]").getByText(person.email).waitFor({ timeout: WAIT });
    await paste(made.key.id, `/hub/settings/keys?id=${made.key.id}`);
    await page.locator("li[aria-current=true]").getByText("pasted").waitFor({ timeout: WAIT });
    await paste(plug.id, `/hub/plugs/${plug.name}`);
    await paste(job.id, `/hub/runs?job=${job.id}`);
    await page.locator(`[data-job="${job.id}"]`).waitFor({ timeout: WAIT });
    await page.locator(`[data-job="${job.id}"]`).getByRole("button").last().click();
    await page.waitForURL(/\/hub\/runs$/, { timeout: WAIT });
    expect(await page.locator(`[data-job="${job.id}"]`).count()).toBe(0);
  });

  test("runs a flow", async () => {
    await find("run customers", /Run customers now/);
    await hub.page.keyboard.press("Enter");
    const dialog = hub.page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Run now" }).waitFor({ timeout: WAIT });
    await hub.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached", timeout: WAIT });
  });

  test("pauses a handler and lets it go on", async () => {
    const paused = async () =>
      (await api("/webhook-handlers")).items.find((one: { name: string }) => one.name === "sandbox-orders").paused;
    await find("pause sandbox-orders", /Pause sandbox-orders/);
    await hub.page.keyboard.press("Enter");
    await expect.poll(paused, { timeout: WAIT }).toBe(true);
    await find("resume sandbox-orders", /Resume sandbox-orders/);
    await hub.page.keyboard.press("Enter");
    await expect.poll(paused, { timeout: WAIT }).toBe(false);
  });
});

describe("the keyboard", () => {
  test("`?` shows what there is, and the letters lead to the rooms", async () => {
    const { page } = hub;
    await page.goto("/hub/runs");
    await settled(page);
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await sheet.waitFor({ timeout: WAIT });
    await sheet.getByText("Find or run").waitFor();
    expect(await seriousBarriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    for (const [letter, path] of [
      ["e", "/hub/events"],
      ["p", "/hub/plugs"],
      ["f", "/hub/flows"],
      ["m", "/hub/mappings"],
      ["s", "/hub/settings"],
      ["r", "/hub/runs"],
    ] as const) {
      await page.keyboard.press("g");
      await page.keyboard.press(letter);
      await page.waitForURL(new RegExp(`${path}($|[?/])`), { timeout: WAIT });
    }
  });

  test("does nothing with letters while one types, or when they are switched off", async () => {
    const { page } = hub;
    await page.goto("/hub/settings/account");
    await settled(page);
    await page.getByLabel("Present password").focus();
    await page.keyboard.type("gr?");
    expect(page.url()).toContain("/settings/account");
    await page.getByLabel("Present password").fill("");
    await page.getByRole("switch").click();
    await page.locator("h1").click();
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await page.keyboard.press("?");
    expect(page.url()).toContain("/settings/account");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.getByRole("switch").click();
  });
});

test("theme and language change at once and stay", async () => {
  const { context, page } = await signIn(browser, { url, admin });
  await page.goto("/hub/runs");
  await settled(page);
  const background = () =>
    page.evaluate(() => getComputedStyle(document.querySelector(".khotan") ?? document.body).backgroundColor);
  const light = await background();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor({ timeout: WAIT });
  await page.keyboard.type("theme: dark");
  await page.getByRole("option", { name: "Theme: Dark" }).click();
  await expect.poll(background, { timeout: WAIT }).not.toBe(light);
  await page.reload();
  await settled(page);
  expect(await background()).not.toBe(light);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor({ timeout: WAIT });
  await page.keyboard.type("Deutsch");
  await page.getByRole("option", { name: /Deutsch/ }).click();
  await page.getByRole("heading", { name: "Läufe", level: 1 }).waitFor({ timeout: WAIT });
  await context.close();
});
