/**
 * Pictures of every room, for review: wide and small, light and dark.
 *
 *   npm run screenshots                       starts an app of its own, fills it, and photographs it
 *   npm run screenshots -- --url http://…     photographs a running app (needs KHOTAN_EMAIL and KHOTAN_PASSWORD)
 *   npm run screenshots -- --out folder --only runs,events
 *
 * The pictures land in `.khotan/screenshots` unless told otherwise.
 */
import { createHmac } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/launch-browser.ts";
import { API_KEY, runApp, temporaryDataFolder } from "../support/run-app.ts";

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    out: { type: "string", default: ".khotan/screenshots" },
    only: { type: "string" },
  },
});

const WIDTHS = [1440, 390] as const;
const THEMES = ["light", "dark"] as const;

interface Shot {
  readonly name: string;
  readonly path: string;
  /** What to do once the page is there. */
  readonly act?: (page: Page) => Promise<unknown>;
  readonly signedOut?: boolean;
}

const openFirstRow = (page: Page) => page.locator("[data-row-id]").first().click();

const SHOTS: readonly Shot[] = [
  { name: "sign-in", path: "/sign-in", signedOut: true },
  { name: "setup", path: "/setup?token=shown", signedOut: true },
  { name: "overview", path: "/hub" },
  { name: "events", path: "/hub/events" },
  { name: "event", path: "/hub/events?type=invoice.payment_failed", act: openFirstRow },
  { name: "rejected", path: "/hub/events/rejected", act: openFirstRow },
  { name: "dead-letters", path: "/hub/events/dead" },
  {
    name: "edit-event",
    path: "/hub/events?type=invoice.payment_failed",
    act: async (page) => {
      await openFirstRow(page);
      await page.getByRole("button", { name: /^Edit and resend/ }).click();
    },
  },
  { name: "runs", path: "/hub/runs" },
  {
    name: "runs-range",
    path: "/hub/runs?since=now-15m&columns=status,name,tenant,variant,attempts,duration,outcome,started",
    act: (page) => page.locator("[data-row-id] [role=checkbox]").first().click(),
  },
  {
    name: "run-dry",
    path: "/hub/runs?status=failed",
    act: async (page) => {
      await openFirstRow(page);
      await page.getByRole("button", { name: "Dry run" }).click();
    },
  },
  { name: "run", path: "/hub/runs?status=failed", act: openFirstRow },
  { name: "plugs", path: "/hub/plugs/stripe" },
  { name: "plug-missing", path: "/hub/plugs/slack" },
  {
    name: "debugger",
    path: "/hub/plugs/sandbox/debug/listOrders",
    act: async (page) => {
      await page.getByRole("button", { name: "Send" }).click();
      await page.getByRole("tree").waitFor();
    },
  },
  { name: "debugger-form", path: "/hub/plugs/sandbox/debug/createOrder" },
  { name: "debugger-raw", path: "/hub/plugs/sandbox/debug/createOrder?mode=raw" },
  { name: "flows", path: "/hub/flows" },
  { name: "flow", path: "/hub/flows/products?variant=full" },
  { name: "flow-cursor", path: "/hub/flows/orders-to-board" },
  {
    name: "run-now",
    path: "/hub/flows/orders-to-board",
    act: (page) => page.getByRole("button", { name: "Run now…" }).first().click(),
  },
  { name: "conflicts", path: "/hub/flows/conflicts" },
  { name: "field-mappings", path: "/hub/flows/field-mappings" },
  { name: "field-mapping", path: "/hub/flows/field-mappings/products" },
  {
    name: "field-mapping-wrong",
    path: "/hub/flows/field-mappings/products",
    act: (page) => page.getByRole("textbox", { name: "Transform of title" }).fill("$uppercase(name"),
  },
  { name: "mappings", path: "/hub/mappings" },
  { name: "mapping", path: "/hub/mappings", act: openFirstRow },
  {
    name: "mapping-edit",
    path: "/hub/mappings",
    act: async (page) => {
      await openFirstRow(page);
      await page.getByRole("button", { name: /^Edit/ }).click();
    },
  },
  { name: "caches", path: "/hub/mappings/caches" },
  { name: "settings", path: "/hub/settings" },
  { name: "retention", path: "/hub/settings/retention" },
  { name: "alerts", path: "/hub/settings/alerts" },
  { name: "audit", path: "/hub/settings/audit" },
  { name: "users", path: "/hub/settings/users" },
  { name: "api-keys", path: "/hub/settings/keys" },
  { name: "secrets", path: "/hub/settings/secrets" },
  { name: "account", path: "/hub/settings/account" },
  { name: "palette", path: "/hub/runs", act: (page) => page.keyboard.press("Control+k") },
];

interface Target {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  readonly close: () => Promise<unknown>;
}

/** An app of our own with one admin and a little of everything in it. */
async function startFilledApp(): Promise<Target> {
  const folder = await temporaryDataFolder();
  const app = await runApp({ KHOTAN_DATA_DIR: folder.path });
  const admin = { name: "Mira Okafor", email: "mira@halden.example", password: "correct horse battery" };
  const token = new URL(app.setupLink ?? "").searchParams.get("token");
  await post(`${app.url}/api/auth/setup-admin`, { token, ...admin }, { origin: app.url });
  await fill(app.url, app.sandboxUrl);
  return { url: app.url, ...admin, close: async () => [await app.stop(), await folder.remove()] };
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function fill(url: string, sandboxUrl: string | undefined): Promise<void> {
  const key = { authorization: `Bearer ${API_KEY}` };
  const secret = "whsec_screenshots";
  for (const plug of ["stripe", "github"]) {
    await post(`${url}/api/khotan/wires/${plug}`, { vars: { webhookSecret: secret } }, key);
  }
  await post(`${url}/api/khotan/wires/sandbox`, {}, key);
  for (const type of ["order.created", "order.paid", "product.updated"]) {
    if (sandboxUrl) await post(`${sandboxUrl}/emit`, { type, count: 3 });
  }
  for (const [index, event] of ["push", "issues", "pull_request", "release", "push", "star"].entries()) {
    const body = JSON.stringify({ action: "opened", repository: { full_name: "halden/shop" }, number: index });
    const digest = createHmac("sha256", secret).update(body).digest("hex");
    const signature = `sha256=${index === 5 ? "0".repeat(64) : digest}`;
    await post(`${url}/api/khotan/webhook/github`, body, {
      "x-github-event": event,
      "x-github-delivery": crypto.randomUUID(),
      "x-hub-signature-256": signature,
    });
  }
  for (const type of ["customer.updated", "invoice.paid", "invoice.payment_failed"]) {
    const at = Math.floor(Date.now() / 1_000);
    const invoice = { id: "in_1SgGzT", amount_due: 129_000, currency: "nok", attempt_count: 2, customer: "cus_Q8mZ4" };
    const body = JSON.stringify(
      { id: `evt_${type}`, object: "event", created: at, type, data: { object: invoice } },
      null,
      2,
    );
    const digest = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
    await post(`${url}/api/khotan/webhook/stripe`, body, { "stripe-signature": `t=${at},v1=${digest}` });
  }
  for (const [index, id] of ["ada", "grace", "edsger", "barbara"].entries()) {
    const refs = { sandbox: `cus_00000${index}`, ...(index % 2 === 0 ? { stripe: `cus_Q8mZ${index}` } : {}) };
    await post(`${url}/api/khotan/mappings`, { resource: "customers", connect: `${id}@halden.example`, refs }, key);
  }
  await post(`${url}/api/khotan/flows/products/runs`, { variant: "full" }, key);
  await post(`${url}/api/khotan/flows/orders/runs`, {}, key);
  // What was sent has been handled when nothing is due any more.
  for (let due = 1; due > 0; ) {
    const answer = await fetch(`${url}/api/khotan/runs?status=pending,running`, { headers: key });
    due = (await answer.json()).items.length;
  }
}

async function photograph(browser: Browser, target: Target, width: number, theme: string): Promise<void> {
  const context = await browser.newContext({
    baseURL: target.url,
    viewport: { width, height: width < 600 ? 844 : 900 },
    deviceScaleFactor: 2,
    hasTouch: width < 600,
    locale: "en-GB",
  });
  await context.addCookies([{ name: "khotan-theme", value: theme, url: target.url }]);
  const page = await context.newPage();
  const wanted = values.only?.split(",");
  const shots = SHOTS.filter(({ name }) => !wanted || wanted.includes(name));
  const take = async ({ name, path, act }: Shot) => {
    await page.goto(path);
    // Never "network idle": the stream of changes does not end.
    await page.locator("h1").first().waitFor();
    await page.waitForFunction(() => document.querySelector("[data-slot=skeleton]") === null);
    await page.evaluate(() => document.fonts.ready);
    await act?.(page);
    await page.waitForTimeout(700); // pictures are for people: let lazy parts and transitions settle
    const file = join(values.out, `${name}-${width}-${theme}.png`);
    await page.screenshot({ path: file });
    console.log(file);
  };
  page.setDefaultTimeout(8_000);
  for (const shot of shots.filter(({ signedOut }) => signedOut)) await take(shot);
  await page.goto("/sign-in");
  await page.fill("input[type=email]", target.email);
  await page.fill("input[type=password]", target.password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL(/\/hub/);
  for (const shot of shots.filter(({ signedOut }) => !signedOut)) await take(shot);
  await context.close();
}

const target: Target = values.url
  ? {
      url: values.url,
      email: process.env.KHOTAN_EMAIL ?? "",
      password: process.env.KHOTAN_PASSWORD ?? "",
      close: async () => undefined,
    }
  : await startFilledApp();
await mkdir(values.out, { recursive: true });
const browser = await launchBrowser();
try {
  for (const width of WIDTHS) for (const theme of THEMES) await photograph(browser, target, width, theme);
} finally {
  await browser.close();
  await target.close();
}
