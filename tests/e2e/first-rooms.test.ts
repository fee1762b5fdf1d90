import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type HubPage, signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";
import { seriousBarriers } from "../support/serious-barriers.ts";

const url = inject("appUrl");
const admin = inject("admin");
const sandboxUrl = inject("sandboxUrl");
const key = inject("apiKey");
const WAIT = 15_000;

let browser: Browser;
let hub: HubPage;

beforeAll(async () => {
  browser = await launchBrowser();
  hub = await signIn(browser, { url, admin });
});
afterAll(() => browser?.close());

const api = (path: string, init: RequestInit = {}) =>
  fetch(`${url}/api/khotan${path}`, {
    ...init,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...init.headers },
  });

async function emit(type: string, count = 1): Promise<void> {
  const answer = await fetch(`${sandboxUrl}/emit`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ type, count }),
  });
  expect(answer.ok).toBe(true);
}

/** Rows of the page's list, on a wide screen. */
const rows = (page: Page) => page.locator("main").getByRole("row");

describe("an operator's first day", () => {
  test("connects the sandbox's wire under Plugs", async () => {
    const { page } = hub;
    await api("/wires/sandbox", { method: "DELETE" }); // another test may have connected it
    await page.goto("/hub/plugs/sandbox");
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByRole("button", { name: /Disconnect/ }).waitFor({ timeout: WAIT });
    const wire = await (await api("/wires/sandbox")).json();
    expect(wire).toMatchObject({ status: "active", mode: "managed" });
  });

  test("sees an event arrive without reloading, opens it, and finds who handled it", async () => {
    const { page } = hub;
    await page.goto("/hub/events");
    await page.getByRole("heading", { name: "Events", level: 1 }).waitFor();
    await page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
    // Other tests make some too, not all of them signed.
    const newest = async (): Promise<string | undefined> =>
      (await (await api("/events?plug=sandbox&type=order.paid&limit=1")).json()).items[0]?.id;
    const before = await newest();
    await emit("order.paid");
    await expect.poll(newest, { timeout: WAIT }).not.toBe(before);
    const id = await newest();
    await page.locator(`[data-row-id="${id}"]`).click({ timeout: WAIT });
    await page.waitForURL(`**/hub/events/${id}`);
    await page.getByText("Signature verified").waitFor({ timeout: WAIT });
    await page.getByText("sandbox-orders").first().waitFor();
    await page.getByText("order-paid-to-board").first().waitFor();
    await page.getByText("succeeded").first().waitFor({ timeout: WAIT });
  });

  test("opens a run with its log, and runs it again", async () => {
    const { page } = hub;
    await page.goto("/hub/runs?q=");
    await rows(page).filter({ hasText: "sandbox-orders" }).first().click();
    await page.waitForURL(/\/hub\/runs\/run_/);
    await page.getByText(/order ord_\d+ is paid/).waitFor({ timeout: WAIT });
    const before = (await (await api("/runs?source=replay")).json()).items.length;
    await page.getByRole("button", { name: /^Retry/ }).click();
    await expect
      .poll(async () => (await (await api("/runs?source=replay&status=succeeded")).json()).items.length, {
        timeout: WAIT,
      })
      .toBe(before + 1);
  });

  test("sets a secret that no page shows again", async () => {
    const { page } = hub;
    await page.goto("/hub/plugs/slack");
    const secret = "xoxb-a-token-that-nobody-may-see";
    await page.locator("input[name=botToken], input[id*=botToken]").first().fill(secret);
    await page.locator("input[name=channel], input[id*=channel]").first().fill("#billing");
    await page.getByRole("button", { name: /^Save/ }).click();
    await expect
      .poll(
        async () =>
          (await (await api("/variables/slack")).json()).fields.filter((field: { set: boolean }) => field.set).length,
        { timeout: WAIT },
      )
      .toBe(3);
    await page.reload();
    await page.getByText("Bot token").first().waitFor({ timeout: WAIT });
    expect(await page.content()).not.toContain(secret);
  });

  test("switches a plug off and on", async () => {
    const { page } = hub;
    await page.goto("/hub/plugs/github");
    const toggle = page.getByRole("switch").first();
    await toggle.waitFor({ timeout: WAIT });
    await toggle.click();
    await expect.poll(async () => (await (await api("/plugs/github")).json()).enabled, { timeout: WAIT }).toBe(false);
    await toggle.click();
    await expect.poll(async () => (await (await api("/plugs/github")).json()).enabled, { timeout: WAIT }).toBe(true);
  });

  test("reads why a forged webhook was refused", async () => {
    const { page } = hub;
    await api("/wires/github", { method: "POST", body: JSON.stringify({ vars: { webhookSecret: "s3cret" } }) });
    const forged = {
      "x-github-event": "push",
      "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
      "content-type": "application/json",
    };
    expect(
      (await fetch(`${url}/api/khotan/webhook/github`, { method: "POST", headers: forged, body: "{}" })).status,
    ).toBe(401);
    await page.goto("/hub/events/rejected");
    await page
      .getByText(/Signature does not match/)
      .first()
      .waitFor({ timeout: WAIT });
  });

  test("had a browser without complaints all day", () => {
    expect(hub.complaints).toEqual([]);
  });
});

describe("two browsers", () => {
  test("see the same change live", async () => {
    const other = await signIn(browser, { url, admin });
    await Promise.all([hub.page.goto("/hub/runs"), other.page.goto("/hub/runs")]);
    for (const { page } of [hub, other]) await page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
    await emit("order.created");
    for (const { page } of [hub, other]) {
      const news = page
        .getByText(/1 new run/)
        .or(rows(page).filter({ hasText: "sandbox-orders" }))
        .first();
      await news.waitFor({ timeout: WAIT });
    }
    await other.context.close();
  });
});

describe.each([
  { name: "wide and light", width: 1440, dark: false },
  { name: "small and dark", width: 390, dark: true },
])("$name", ({ width, dark }) => {
  let visit: HubPage;
  beforeAll(async () => {
    visit = await signIn(browser, { url, admin }, { width, dark });
  });
  afterAll(() => visit?.context.close());

  test.each(["/hub", "/hub/events", "/hub/runs", "/hub/plugs", "/hub/events/rejected", "/hub/events/dead"])(
    "%s has no serious barrier and does not scroll sideways",
    async (path) => {
      const { page } = visit;
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).first().waitFor({ timeout: WAIT });
      await page.waitForLoadState("load");
      expect(await seriousBarriers(page)).toEqual([]);
    },
  );
});

describe("the keyboard", () => {
  test("goes to a room, opens a row and comes back", async () => {
    const { page } = hub;
    await page.goto("/hub");
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    // Keys are heard once the page is alive, which nothing on it tells.
    await expect
      .poll(
        async () => {
          await page.keyboard.press("g");
          await page.keyboard.press("e");
          return new URL(page.url()).pathname;
        },
        { timeout: WAIT },
      )
      .toBe("/hub/events");
    await rows(page).filter({ hasText: "order" }).first().waitFor({ timeout: WAIT });
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/hub\/events\/evt_/);
    await page.getByText("Signature verified").waitFor({ timeout: WAIT });
    await page.keyboard.press("Escape");
    await page.waitForURL(/\/hub\/events(\?.*)?$/);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor({ timeout: WAIT });
  });
});
