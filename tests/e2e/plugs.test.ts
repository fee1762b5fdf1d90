import { createHmac } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type HubPage, signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";
import { seriousBarriers } from "../support/serious-barriers.ts";

const url = inject("appUrl");
const admin = inject("admin");
const key = inject("apiKey");
const WAIT = 20_000;

let browser: Browser;
let hub: HubPage;

const api = async (path: string, init: RequestInit = {}) => {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const answer = await fetch(`${url}/api/khotan${path}`, { ...init, headers });
  return await answer.json();
};

beforeAll(async () => {
  browser = await launchBrowser();
  hub = await signIn(browser, { url, admin });
  await api("/wires/sandbox", { method: "DELETE" });
});
afterAll(async () => {
  // Other files begin with the sandbox's wire not connected.
  await api("/wires/sandbox", { method: "DELETE" });
  await browser?.close();
});

describe("variables", () => {
  test("are set, masked, and say who changed them", async () => {
    const { page } = hub;
    const secret = "sk_test_a_key_that_stays_unseen";
    await page.goto("/hub/plugs/stripe?tenant=acme");
    await page.locator("input[name=apiKey]").fill(secret);
    await page.getByRole("button", { name: "Save 1 change" }).click();
    await page.getByText("1 variable saved").waitFor({ timeout: WAIT });
    await page.getByRole("button", { name: "Replace" }).first().waitFor();
    await page.getByText("Who changed what").waitFor();
    await page.getByText("for acme").first().waitFor({ timeout: WAIT });
    await page.reload();
    await page.getByRole("button", { name: "Replace" }).first().waitFor({ timeout: WAIT });
    expect(await page.content()).not.toContain(secret);
  });

  test("a secret that is made here is shown once, and verifies what is signed with it", async () => {
    const { page } = hub;
    await page.goto("/hub/plugs/stripe?tenant=acme");
    await page.getByRole("button", { name: "Connect", exact: true }).waitFor({ timeout: WAIT });
    await page.getByRole("button", { name: "Make a random value for Signing secret" }).click();
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    const once = page.locator("[data-slot=shown-once]");
    await once.waitFor({ timeout: WAIT });
    const secret = await once.getByRole("textbox").inputValue();
    expect(secret).toMatch(/^[\w-]{43}$/);
    const at = Math.floor(Date.now() / 1000);
    const body = JSON.stringify({
      id: `evt_${at}`,
      object: "event",
      created: at,
      type: "invoice.paid",
      data: { object: {} },
    });
    const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
    const answer = await fetch(`${url}/api/khotan/webhook/stripe/acme`, {
      method: "POST",
      headers: { "content-type": "application/json", "stripe-signature": `t=${at},v1=${signature}` },
      body,
    });
    expect(answer.status).toBe(202);
    await once.getByRole("button", { name: "I have copied it" }).click();
    expect(await once.count()).toBe(0);
    await page.reload();
    await page.getByRole("button", { name: /Disconnect/ }).waitFor({ timeout: WAIT });
    expect(await page.content()).not.toContain(secret);
  });
});

describe("a wire", () => {
  test("is connected, takes a test event, and fetches what was missed", async () => {
    const { page } = hub;
    await page.goto("/hub/plugs/sandbox");
    await page.getByRole("button", { name: "Connect", exact: true }).click({ timeout: WAIT });
    await page.getByRole("button", { name: /Disconnect/ }).waitFor({ timeout: WAIT });
    await page.getByRole("button", { name: /^Send test event/ }).click();
    await page.getByRole("dialog").getByLabel("Event type").fill("order.paid");
    await page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("The test event is stored").waitFor({ timeout: WAIT });
    const { items } = await api("/events?plug=sandbox&type=order.paid&limit=1");
    expect(items).toHaveLength(1);
    await page.getByRole("button", { name: "Fetch what was missed" }).click();
    await expect
      .poll(async () => (await api("/wires/sandbox/gaps")).items[0]?.status, { timeout: WAIT })
      .toBe("closed");
    await page
      .getByText(/nothing was missing|events? fetched/)
      .first()
      .waitFor({ timeout: WAIT });
  });

  test("is disconnected only after a question", async () => {
    const { page } = hub;
    await page.goto("/hub/plugs/sandbox");
    await page.getByRole("button", { name: /Disconnect/ }).click({ timeout: WAIT });
    await page.getByRole("dialog").getByRole("button", { name: "Disconnect", exact: true }).click();
    await page.getByRole("button", { name: "Connect", exact: true }).waitFor({ timeout: WAIT });
    expect(await api("/wires/sandbox")).toMatchObject({ connected: false });
  });
});

test("each call of a plug opens with what was sent and what came back", async () => {
  const { page } = hub;
  await api("/debug/sandbox", { method: "POST", body: JSON.stringify({ path: "/products?limit=2" }) });
  await page.goto("/hub/plugs/sandbox");
  await page
    .getByRole("button", { name: /GET \/products\?limit=2/ })
    .first()
    .click({ timeout: WAIT });
  const sheet = page.getByRole("dialog");
  await sheet.getByText("Made for").waitFor({ timeout: WAIT });
  await sheet.getByText("Response", { exact: true }).waitFor({ timeout: WAIT });
  expect(new URL(page.url()).searchParams.get("exchange")).toMatch(/^exc_/);
  expect(await seriousBarriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
});

describe.each([
  { name: "wide and light", width: 1440, dark: false },
  { name: "small and dark", width: 390, dark: true },
])("$name", ({ width, dark }) => {
  test.each(["/hub/plugs/sandbox", "/hub/plugs/stripe?tenant=acme"])("%s has no serious barrier", async (path) => {
    const { page, context } = await signIn(browser, { url, admin }, { width, dark });
    await page.goto(path);
    await page.getByText("Variables", { exact: true }).first().waitFor({ timeout: WAIT });
    await page.getByText("Outbound calls").waitFor({ timeout: WAIT });
    expect(await seriousBarriers(page)).toEqual([]);
    await context.close();
  });
});

test("the browser had nothing to complain about", () => {
  expect(hub.complaints).toEqual([]);
});
