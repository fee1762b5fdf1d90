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
  await hubApi.emit("order.paid", 2);
  await hubApi.until("/events?plug=sandbox&type=order.paid", ({ items }) => items.length >= 2);
  hub = await signIn(browser, visitor);
});
afterAll(() => browser?.close());

test("the tail shows what comes, pauses, counts what waits, and goes on", async () => {
  const { page } = hub;
  await page.goto("/hub/events");
  await page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
  const first = page.locator("[data-row-id]").first();
  await first.waitFor({ timeout: WAIT });
  await page.getByRole("button", { name: "Pause" }).click();
  const before = await first.getAttribute("data-row-id");
  await hubApi.emit("order.created", 2);
  await page.getByText(/2 new events/).waitFor({ timeout: WAIT });
  expect(await first.getAttribute("data-row-id")).toBe(before);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect.poll(() => first.getAttribute("data-row-id"), { timeout: WAIT }).not.toBe(before);
});

test("an event shows its proof, its raw request as text, JSON and hex, and its deliveries", async () => {
  const { page } = hub;
  const [event] = (await hubApi.read("/events?plug=sandbox&type=order.paid")).items;
  await page.goto(`/hub/events/${event.id}`);
  await page.getByText("Signature verified").waitFor({ timeout: WAIT });
  await page.getByText("content-type").first().waitFor();
  await page.getByRole("radio", { name: "Hex" }).click();
  await page
    .getByText(/00000000/)
    .first()
    .waitFor({ timeout: WAIT });
  await page.getByRole("radio", { name: "Text" }).click();
  await page
    .getByText(/"order\.paid"|order\.paid/)
    .first()
    .waitFor();
  await page.getByText("sandbox-orders").first().waitFor();
  await page.getByText(/bytes, kept exactly/).waitFor();
});

test("an edited copy is sent, and marked so", async () => {
  const { page } = hub;
  const [event] = (await hubApi.read("/events?plug=sandbox&type=order.paid")).items;
  await page.goto(`/hub/events/${event.id}`);
  await page.getByRole("button", { name: /^Edit and resend/ }).click();
  const dialog = page.getByRole("dialog");
  const body = dialog.getByRole("textbox").nth(1);
  await body.fill("{ broken");
  await expect.poll(() => dialog.getByRole("button", { name: "Send" }).getAttribute("aria-disabled")).toBe("true");
  await body.fill(JSON.stringify({ id: "evt_by_hand", type: "order.paid", data: { id: "ord_000001" } }));
  await dialog.getByRole("button", { name: /^Send/ }).click();
  await dialog.waitFor({ state: "detached", timeout: WAIT });
  const edited = async () => (await hubApi.read("/events?plug=sandbox")).items.find(isEdited);
  await expect.poll(edited, { timeout: WAIT }).toBeTruthy();
  const { id } = await edited();
  await page.goto(`/hub/events/${id}`);
  await page
    .getByText(/edited/i)
    .first()
    .waitFor({ timeout: WAIT });
});
const isEdited = ({ origin }: { origin: string }) => origin === "edited";

test("an event is delivered again to one handler", async () => {
  const { page } = hub;
  const [event] = (await hubApi.read("/events?plug=sandbox&type=order.created")).items;
  const count = async () => (await hubApi.read(`/deliveries?event=${event.id}`)).items.length;
  const before = await count();
  await page.goto(`/hub/events/${event.id}`);
  await page.getByRole("button", { name: /^Replay/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("sandbox-orders").click();
  await dialog.getByRole("button", { name: /^Deliver|^Replay/ }).click();
  await expect.poll(count, { timeout: WAIT }).toBe(before + 1);
});

test("two browsers see the same event arrive, and the keys open and leave it", async () => {
  const other = await signIn(browser, visitor);
  for (const { page } of [hub, other]) {
    await page.goto("/hub/events?type=product.updated");
    await page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
  }
  await hubApi.emit("product.updated");
  for (const { page } of [hub, other]) {
    await page.locator("[data-row-id]").filter({ hasText: "product.updated" }).first().waitFor({ timeout: WAIT });
  }
  await other.page.keyboard.press("j");
  await other.page.keyboard.press("Enter");
  await other.page.getByText("Signature verified").waitFor({ timeout: WAIT });
  await other.page.keyboard.press("Escape");
  await other.page.waitForURL(/\/hub\/events\?/);
  expect(other.complaints).toEqual([]);
  await other.context.close();
});

test("the browser had nothing to complain about", () => expect(hub.complaints).toEqual([]));

describe.each([
  { width: 1440, dark: true },
  { width: 390, dark: false },
])("at $width", ({ width, dark }) => {
  test("list, event and refused webhooks have no serious barrier and do not scroll sideways", async () => {
    const { page, context } = await signIn(browser, visitor, { width, dark });
    const [event] = (await hubApi.read("/events?plug=sandbox&type=order.paid")).items;
    for (const [path, text] of [
      ["/hub/events", "order.paid"],
      [`/hub/events/${event.id}`, "Raw request"],
      ["/hub/events/rejected", "answered 401"],
    ] as const) {
      await page.goto(path);
      await page.getByText(text).first().waitFor({ timeout: WAIT });
      expect(await seriousBarriers(page)).toEqual([]);
    }
    await context.close();
  });
});
