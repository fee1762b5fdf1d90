import type { Browser, Page, Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { hubApi } from "../support/hub-api.ts";
import { type HubPage, signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";
import { seriousBarriers } from "../support/serious-barriers.ts";

const url = inject("appUrl");
const admin = inject("admin");
const WAIT = 20_000;

let browser: Browser;
let runId: string;
let eventId: string;
beforeAll(async () => {
  browser = await launchBrowser();
  await hubApi.post("/wires/sandbox");
  await hubApi.emit("order.paid");
  const runs = await hubApi.until("/runs?status=succeeded&kind=catch", ({ items }) => items.length > 0);
  const events = await hubApi.read("/events?limit=1");
  [runId, eventId] = [runs.items[0].id, events.items[0].id];
});
afterAll(() => browser?.close());

const broken = (call: Route) =>
  call.fulfill({
    status: 500,
    contentType: "application/json",
    body: JSON.stringify({
      error: { code: "internal", message: "Something broke." },
      requestId: "req_0123456789abcdef",
    }),
  });

/** Every answer of the API is an error, but the stream's and those that are let through. */
const breakApi = (page: Page, but: RegExp = /^$/) =>
  page.route("**/api/khotan/**", (call) => {
    const { pathname } = new URL(call.request().url());
    const path = pathname.replace("/api/khotan", "");
    return path === "/stream" || but.test(path) ? call.fallback() : broken(call);
  });

const errors = (page: Page) => page.locator("[data-slot=error-state]");

/** Says so with the server's words and the request's id, is no endless skeleton, and keeps the frame. */
async function expectTold(page: Page, atLeast = 1): Promise<void> {
  const look = () =>
    page.evaluate(() => ({
      errors: Array.from(document.querySelectorAll("[data-slot=error-state]"), ({ textContent }) => textContent),
      skeletons: Array.from(document.querySelectorAll("[data-slot=skeleton]")).filter((one) => one.checkVisibility())
        .length,
      frame: document.querySelector("nav") !== null,
    }));
  await vi.waitFor(
    async () => {
      const { errors: told, skeletons, frame } = await look();
      expect(told.length).toBeGreaterThanOrEqual(atLeast);
      for (const words of told)
        expect(words).toMatch(/could not be (loaded|counted).*Something broke\..*Retry.*89abcdef/s);
      expect({ skeletons, frame }).toEqual({ skeletons: 0, frame: true });
    },
    { timeout: WAIT, interval: 100 },
  );
}

/** One press brings back all of the page. */
async function expectBack(page: Page): Promise<void> {
  await page.unrouteAll();
  await errors(page).last().getByRole("button", { name: "Retry" }).click(); // the last lies on top
  await expect.poll(() => errors(page).count(), { timeout: WAIT }).toBe(0);
}

/** What a browser says of an answer that is an error is no complaint here. */
const ownComplaints = ({ complaints }: HubPage) => complaints.filter((text) => !text.includes("status of 500"));

const ROOMS: readonly (readonly [string, () => string])[] = [
  ["the overview", () => "/hub"],
  ["the overview as a list", () => "/hub?view=list"],
  ["runs", () => "/hub/runs"],
  ["a run", () => `/hub/runs/${runId}`],
  ["events", () => "/hub/events"],
  ["an event", () => `/hub/events/${eventId}`],
  ["rejected", () => "/hub/events/rejected"],
  ["dead letters", () => "/hub/events/dead"],
  ["a plug", () => "/hub/plugs/sandbox"],
  ["the debugger", () => "/hub/plugs/sandbox/debug/listOrders"],
  ["flows", () => "/hub/flows"],
  ["a flow", () => "/hub/flows/products"],
  ["conflicts", () => "/hub/flows/conflicts"],
  ["field mappings", () => "/hub/flows/field-mappings"],
  ["a field mapping", () => "/hub/flows/field-mappings/products"],
  ["mappings", () => "/hub/mappings"],
  ["caches", () => "/hub/mappings/caches"],
  ["health", () => "/hub/settings"],
  ["users", () => "/hub/settings/users"],
  ["API keys", () => "/hub/settings/keys"],
  ["alerts", () => "/hub/settings/alerts"],
  ["retention", () => "/hub/settings/retention"],
  ["secrets", () => "/hub/settings/secrets"],
  ["the audit log", () => "/hub/settings/audit"],
  ["the account", () => "/hub/settings/account"],
];

describe.each([
  { name: "wide and light", width: 1440, dark: false },
  { name: "small and dark", width: 390, dark: true },
])("when every answer is an error, $name", ({ width, dark }) => {
  let hub: HubPage;
  beforeAll(async () => {
    hub = await signIn(browser, { url, admin }, { width, dark });
  });
  afterAll(() => hub?.context.close());
  afterEach(() => hub.page.unrouteAll());

  test.each(ROOMS)("%s says so, and one Retry brings it back", async (_, path) => {
    const { page, complaints } = hub;
    complaints.length = 0;
    await breakApi(page);
    await page.goto(path());
    await expectTold(page);
    expect(await seriousBarriers(page)).toEqual([]);
    await expectBack(page);
    expect(ownComplaints(hub)).toEqual([]);
  });
});

describe("when a part of a page fails", () => {
  let hub: HubPage;
  beforeAll(async () => {
    hub = await signIn(browser, { url, admin });
  });
  afterAll(() => hub?.context.close());
  afterEach(() => hub.page.unrouteAll());

  test.each([
    ["a plug's panels", "/hub/plugs/sandbox", /^\/(overview|plugs)$/, 5],
    ["a flow's inspector", "/hub/flows/products", /^\/(overview|flows|drifts|conflicts)$/, 2],
    ["the overview's inspector", "/hub?view=list&q=sandbox-orders", /^\/(overview|topology)$/, 1],
    ["the chart of runs", "/hub/runs", /^\/(overview|runs|plugs|flows|webhook-handlers|jobs)$/, 1],
  ] as const)("%s: the rest stays usable, and one Retry brings all back", async (_, path, but, count) => {
    const { page, complaints } = hub;
    complaints.length = 0;
    await breakApi(page, but);
    await page.goto(path);
    if (path.includes("view=list")) await page.locator("main").getByText("sandbox-orders").first().click();
    await expectTold(page, count);
    expect(await seriousBarriers(page)).toEqual([]);
    await expectBack(page);
    expect(ownComplaints(hub)).toEqual([]);
  });

  test("what was on screen stays, with the error beside it", async () => {
    const { page } = hub;
    await page.goto("/hub/plugs/sandbox");
    await page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
    await page.getByRole("link", { name: "Sandbox", exact: true }).waitFor({ timeout: WAIT });
    await breakApi(page);
    await hubApi.post("/plugs/github", { enabled: false }, "PATCH");
    await expectTold(page);
    expect(await page.getByRole("link", { name: "Sandbox", exact: true }).isVisible()).toBe(true);
    await page.unrouteAll();
    await hubApi.post("/plugs/github", { enabled: true }, "PATCH");
    await expect.poll(() => errors(page).count(), { timeout: WAIT }).toBe(0); // the next change reads it anew
  });
});

describe("when the stream is cut", () => {
  let hub: HubPage;
  beforeAll(async () => {
    hub = await signIn(browser, { url, admin });
  });
  afterAll(() => hub?.context.close());
  afterEach(() => hub.page.unrouteAll());

  /** It opens, ends, and does not come back. */
  const cutStream = async (page: Page) => {
    let opened = 0;
    await page.route("**/api/khotan/stream", (call) =>
      opened++ === 0
        ? call.fulfill({ contentType: "text/event-stream", body: 'event: hello\ndata: {"version":"0"}\n\n' })
        : call.abort(),
    );
  };

  test("the page says since when, and catches up with what came meanwhile", async () => {
    const { page } = hub;
    await cutStream(page);
    await page.goto("/hub/settings/keys");
    await page.getByText("Reconnecting", { exact: true }).waitFor({ timeout: WAIT });
    await page.getByText(/Live updates are cut since/).waitFor({ timeout: WAIT });
    await page.getByRole("button", { name: "New key…" }).waitFor({ timeout: WAIT });
    expect(await seriousBarriers(page)).toEqual([]);
    await hubApi.post("/api-keys", { name: "made meanwhile" });
    await page.unrouteAll();
    await page.getByText("Live", { exact: true }).waitFor({ timeout: 60_000 });
    await page.getByText("made meanwhile").first().waitFor({ timeout: WAIT });
    expect(await page.getByText(/Live updates are cut since/).count()).toBe(0);
  });

  test("a list shows what it missed, and what had failed is read again", async () => {
    const { page } = hub;
    await cutStream(page);
    await page.route("**/api/khotan/events?**", broken);
    await page.goto("/hub/events");
    await page.getByText("Reconnecting", { exact: true }).waitFor({ timeout: WAIT });
    await expectTold(page);
    await page.unrouteAll();
    await page.getByText("Live", { exact: true }).waitFor({ timeout: 60_000 });
    await expect.poll(() => errors(page).count(), { timeout: WAIT }).toBe(0);
    await page.locator("main").getByRole("row").filter({ hasText: "order" }).first().waitFor({ timeout: WAIT });
  });
});
