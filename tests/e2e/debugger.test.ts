import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { type HubPage, signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";
import { seriousBarriers } from "../support/serious-barriers.ts";

const url = inject("appUrl");
const admin = inject("admin");
const key = inject("apiKey");
const WAIT = 20_000;
const DEBUG = "/hub/plugs/sandbox/debug";

let browser: Browser;
let hub: HubPage;

beforeAll(async () => {
  browser = await launchBrowser();
  hub = await signIn(browser, { url, admin });
});
afterEach(() => hub.page.unrouteAll({ behavior: "ignoreErrors" }));
afterAll(() => browser?.close());

const api = async (path: string) => {
  const answer = await fetch(`${url}/api/khotan${path}`, { headers: { authorization: `Bearer ${key}` } });
  return await answer.json();
};

/** A place of the debugger, ready to be used. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name: "Send" }).waitFor({ timeout: WAIT });
}

const answered = (page: Page, text: string) =>
  page.getByRole("region", { name: "Response" }).getByText(text, { exact: true }).waitFor({ timeout: WAIT });

describe("a request", () => {
  test("goes out with the real credentials; its answer shows with timing, headers and how it fits the schema", async () => {
    const { page } = hub;
    await open(page, `${DEBUG}/listProducts`);
    await page
      .getByLabel("limit", { exact: true })
      .or(page.getByLabel("updatedSince", { exact: true }))
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Send" }).click();
    await answered(page, "200 OK");
    await page.getByRole("tree").getByText("data", { exact: true }).waitFor();
    await page.getByText(/^(fits listProducts|\d+ differs?)$/).waitFor();
    await page.getByText("Download", { exact: true }).waitFor();
    await page
      .getByRole("tab", { name: /^Headers/ })
      .last()
      .click();
    await page.getByText("content-type", { exact: true }).waitFor();
    const { items } = await api("/exchanges?source=debugger&plug=sandbox&limit=1");
    expect(items[0]).toMatchObject({ method: "GET", status: 200, source: "debugger" });
  });

  test("is compared with the answer before", async () => {
    const { page } = hub;
    await open(page, `${DEBUG}/listMessages`);
    const send = page.getByRole("button", { name: "Send" });
    await send.click();
    await answered(page, "200 OK");
    await fetch(`${url}/api/khotan/debug/sandbox`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ method: "POST", path: "/messages", body: { text: "something new" } }),
    });
    await page.getByRole("tab", { name: "Diff" }).click();
    await page.getByText(/send once more/).waitFor();
    await send.click();
    await page
      .getByRole("cell", { name: /something new/ })
      .first()
      .waitFor({ timeout: WAIT });
  });

  test("is written and sent by the keyboard alone", async () => {
    const { page } = hub;
    await open(page, `${DEBUG}/postMessage`);
    const isAt = (name: string) =>
      page.evaluate((wanted) => document.activeElement?.getAttribute("name") === wanted, name);
    for (let press = 0; press < 80 && !(await isAt("body.text")); press++) await page.keyboard.press("Tab");
    expect(await isAt("body.text")).toBe(true);
    await page.keyboard.type("by hand");
    await page.keyboard.press("Control+Enter");
    await answered(page, "201 Created");
    await page.getByRole("tree").getByText('"by hand"').waitFor();
  });

  test("is checked while it is typed, as a form and as text", async () => {
    const { page } = hub;
    await open(page, `${DEBUG}/createOrder`);
    await page.getByText("2 fields are required").waitFor();
    await page.getByLabel("customerId", { exact: true }).fill("cus_1");
    await page.getByText("1 field to fix").waitFor();
    await page.getByLabel("quantity", { exact: true }).fill("0");
    await page.getByText("Must be 1 or more.").waitFor();
    await page.getByRole("radio", { name: "Raw" }).first().click();
    const editor = page.locator(".cm-content");
    await editor.waitFor({ timeout: WAIT });
    expect(await editor.textContent()).toContain('"cus_1"');
    await editor.click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type('{"customerId": ');
    await page.getByText(/Not JSON yet/).waitFor();
    await page.keyboard.type("7");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("}");
    await page.getByText("Must be a string.").first().waitFor();
    expect(new URL(page.url()).searchParams.get("mode")).toBe("raw");
  });

  test("is saved, renamed, opened and deleted", async () => {
    const { page } = hub;
    await open(page, `${DEBUG}/getProduct`);
    await page.getByLabel("id", { exact: true }).fill("prod_1");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByLabel("Name", { exact: true }).fill("one product");
    await page.keyboard.press("Enter");
    await page.getByText("one product is saved").waitFor({ timeout: WAIT });
    await open(page, `${DEBUG}/listOrders?side=saved`);
    await page.getByRole("button", { name: "Rename one product" }).click();
    await page.getByLabel("Name", { exact: true }).fill("the product");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "GET the product", exact: true }).click();
    await page.waitForURL(/debug\/getProduct/);
    expect(await page.getByLabel("id", { exact: true }).inputValue()).toBe("prod_1");
    await page.getByRole("button", { name: "Delete the product" }).click();
    await page.getByText(/Nothing saved yet/).waitFor({ timeout: WAIT });
  });
});

describe("what goes wrong", () => {
  test("an error status is an answer, and its schema is named", async () => {
    const { page } = hub;
    await open(page, `${DEBUG}/getOrder`);
    await page.getByLabel("id", { exact: true }).fill("no such order");
    await page.keyboard.press("Control+Enter");
    await answered(page, "404 Not Found");
    await page.getByText("fits getOrder").waitFor();
  });

  test("a request that never went out says why", async () => {
    const { page } = hub;
    await open(page, `${DEBUG}?path=//evil.example/x`);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("path_leaves_origin").waitFor({ timeout: WAIT });
  });

  test("a hub that fails is told from the other side", async () => {
    const { page } = hub;
    await open(page, `${DEBUG}/listOrders`);
    const body = { error: { code: "internal", message: "It broke." }, requestId: "req_0123456789" };
    await page.route("**/api/khotan/debug/sandbox?**", (route) => route.fulfill({ status: 500, json: body }));
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("The request was not sent").waitFor({ timeout: WAIT });
    hub.complaints.length = 0; // the browser reports the 500 that was made here
  });

  test("a request under way can be stopped", async () => {
    const { page } = hub;
    await open(page, `${DEBUG}/listCustomers`);
    await page.route("**/api/khotan/debug/sandbox?**", () => undefined);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("button", { name: "Stop the request" }).click();
    await page.getByText(/^Stopped/).waitFor({ timeout: WAIT });
    await page.getByRole("button", { name: "Send" }).waitFor();
  });
});

test("an exchange opens in the debugger as it was sent", async () => {
  const { page } = hub;
  const sent = await fetch(`${url}/api/khotan/debug/sandbox`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ endpoint: "listOrders", query: { limit: 3, sort: "updatedAt" } }),
  });
  const { exchangeId } = await sent.json();
  await page.goto(`/hub/open/${exchangeId}`);
  await page.getByRole("link", { name: "Open in debugger" }).click({ timeout: WAIT });
  await page.waitForURL(/debug\/listOrders/, { timeout: WAIT });
  await page.locator('input[name="query.limit"]').waitFor({ timeout: WAIT });
  expect(await page.locator('input[name="query.limit"]').inputValue()).toBe("3");
  await answered(page, "200 OK");
});

test("a body of 5 MB opens at once, and only what is in sight is in the page", async () => {
  const { page } = hub;
  await open(page, `${DEBUG}/listProducts`);
  const items = Array.from({ length: 26_000 }, (_, no) => ({
    ...{ id: `prod_${no}`, sku: `SKU-${no}`, name: `Product number ${no}`, stock: no % 90, active: no % 3 > 0 },
    ...{ price: { amount: no * 10, currency: "NOK" }, tags: ["wool", "winter"], note: "x".repeat(40) },
  }));
  const body = { data: items, total: items.length };
  const size = Buffer.byteLength(JSON.stringify(body));
  expect(size).toBeGreaterThan(5_000_000);
  const timing = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 40, totalMs: 90 };
  const request = {
    method: "GET",
    url: "http://x/products",
    headers: {},
    body: null,
    tenant: "default",
    mutating: false,
    curl: "curl",
  };
  const response = {
    status: 200,
    headers: { "content-type": "application/json" },
    body,
    kind: "json",
    size,
    truncated: false,
    timing,
  };
  await page.route("**/api/khotan/debug/sandbox?**", (route) =>
    route.fulfill({ json: { request, response, endpoint: "listProducts", exchangeId: null } }),
  );
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("[role=tree] [role=treeitem]")) return;
      observer.disconnect();
      requestAnimationFrame(() => performance.mark("tree"));
    }).observe(document.body, { childList: true, subtree: true });
  });
  await page.getByRole("button", { name: "Send" }).click();
  await page
    .getByRole("tree")
    .getByText("26000 items")
    .or(page.getByRole("tree").getByText("26,000 items"))
    .waitFor({ timeout: WAIT });
  const ms = await page.evaluate(() => {
    const calls = performance.getEntriesByType("resource").filter(({ name }) => /\/debug\/sandbox\?/.test(name));
    const call = calls.at(-1);
    const end = call instanceof PerformanceResourceTiming ? call.responseEnd : Number.NaN;
    return (performance.getEntriesByName("tree")[0]?.startTime ?? Number.NaN) - end;
  });
  console.log(
    `debugger: a body of ${(size / 1e6).toFixed(1)} MB is on screen ${Math.round(ms)} ms after its last byte`,
  );
  await page.getByRole("tree").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("tree").getByText('"prod_0"').first().waitFor({ timeout: WAIT });
  await page.keyboard.press("End");
  expect(await page.getByRole("treeitem").count()).toBeLessThan(120);
});

test("a viewer sees all of it and cannot send", async () => {
  const { page } = hub;
  await page.route("**/api/khotan/overview**", async (route) => {
    const answer = await route.fetch();
    const overview = await answer.json();
    await route.fulfill({
      response: answer,
      json: { ...overview, principal: { ...overview.principal, role: "viewer" } },
    });
  });
  await open(page, `${DEBUG}/listOrders`);
  const send = page.getByRole("button", { name: "Send" });
  await expect.poll(() => send.getAttribute("aria-disabled"), { timeout: WAIT }).toBe("true");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Nothing sent yet").waitFor();
});

test("the palette leads to a plug's debugger", async () => {
  const { page } = hub;
  await page.goto("/hub/runs");
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor({ timeout: WAIT });
  await page.keyboard.type("send a request to sandbox");
  await page.getByText("Send a request to Sandbox", { exact: true }).click({ timeout: WAIT });
  await page.waitForURL(/\/hub\/plugs\/sandbox\/debug/, { timeout: WAIT });
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

  test.each([`${DEBUG}/createOrder`, `${DEBUG}/createOrder?mode=raw`, `${DEBUG}/listOrders`, `${DEBUG}?path=/nowhere`])(
    "%s has no serious barrier and does not scroll sideways, before and after sending",
    async (path) => {
      const { page } = visit;
      await open(page, path);
      if (path.includes("raw")) await page.locator(".cm-content").waitFor({ timeout: WAIT });
      expect(await seriousBarriers(page)).toEqual([]);
      await page.getByRole("button", { name: "Send" }).click();
      await page
        .getByText(/^(200|4\d\d) /)
        .first()
        .waitFor({ timeout: WAIT });
      expect(await seriousBarriers(page)).toEqual([]);
    },
  );
});

test("the browser had nothing to complain about", () => {
  expect(hub.complaints).toEqual([]);
});
