import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { arrived, type HubPage, signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";

const url = inject("appUrl");
const admin = inject("admin");
const WAIT = 15_000;

let browser: Browser;
let hub: HubPage;

beforeAll(async () => {
  browser = await launchBrowser();
  hub = await signIn(browser, { url, admin });
});
afterAll(() => browser?.close());

const canvasNode = (name: string) => hub.page.locator(".react-flow__node", { hasText: name }).first();

describe("the overview's canvas", () => {
  test("shows plugs, what handles their events, and where it goes", async () => {
    await hub.page.goto("/hub");
    for (const name of ["Stripe", "record-invoices", "payment-failed-to-slack", "Postgres"])
      await canvasNode(name).waitFor({ timeout: WAIT });
    expect(await hub.page.locator(".react-flow__edge").count()).toBeGreaterThan(5);
  });

  test("opens a node's inspector, remembers it in the address, and pauses from there", async () => {
    const { page } = hub;
    await canvasNode("github-activity").click();
    await page.getByRole("heading", { name: "github-activity" }).waitFor({ timeout: WAIT });
    expect(new URL(page.url()).searchParams.get("node")).toMatch(/^handler:hdl_/);
    await page.reload();
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByRole("button", { name: "Resume", exact: true }).waitFor({ timeout: WAIT });
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await page.getByRole("button", { name: "Pause", exact: true }).waitFor({ timeout: WAIT });
    await page.keyboard.press("Escape");
    await expect.poll(() => new URL(page.url()).searchParams.get("node"), { timeout: WAIT }).toBeNull();
  });

  test("can be used by keys alone: to a node, to its neighbour, to the list and back", async () => {
    const { page } = hub;
    await page.goto("/hub");
    await canvasNode("Stripe").waitFor({ timeout: WAIT });
    await page.locator("main").focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => new URL(page.url()).searchParams.get("node"), { timeout: WAIT }).toMatch(/^plug:/);
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() => new URL(page.url()).searchParams.get("node"), { timeout: WAIT })
      .toMatch(/^(handler|flow):/);
    await page.keyboard.press("l");
    await page.getByRole("button", { name: /record-invoices/ }).waitFor({ timeout: WAIT });
    await page.keyboard.press("l");
    await canvasNode("Stripe").waitFor({ timeout: WAIT });
  });

  test.each([
    [1440, false],
    [390, true],
  ])("has nothing serious against it at %i px, dark: %s", async (width, dark) => {
    const own = await signIn(browser, { url, admin }, { width, dark });
    await own.page.goto("/hub");
    if (width > 600) await own.page.locator(".react-flow__node").first().waitFor({ timeout: WAIT });
    else await own.page.getByRole("button", { name: /record-invoices/ }).waitFor({ timeout: WAIT });
    await arrived(own.page);
    const { violations } = await new AxeBuilder({ page: own.page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual(
      [],
    );
    expect(own.complaints).toEqual([]);
    await own.context.close();
  });
});
