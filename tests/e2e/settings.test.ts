import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
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

const api = (path: string, bearer = key, init: RequestInit = {}) =>
  fetch(`${url}/api/khotan${path}`, {
    ...init,
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
  });

describe("an API key", () => {
  test("is made by keyboard alone, shown once, works, and is revoked at once", async () => {
    const { page } = hub;
    await page.goto("/hub/settings/keys");
    const make = page.getByRole("button", { name: "New key…" });
    await make.waitFor({ timeout: WAIT });
    await make.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).waitFor({ timeout: WAIT });
    await page.keyboard.type("nightly");
    await page.keyboard.press("Tab");
    await page.keyboard.press("o"); // the role that begins so
    const onButton = () => page.evaluate(() => document.activeElement?.textContent === "Make key");
    for (let strokes = 0; strokes < 12 && !(await onButton()); strokes++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const shown = page.getByText("Copy it now. It is not shown again.");
    await shown.waitFor({ timeout: WAIT });
    const secret = (await page.getByRole("dialog").locator("pre").first().textContent()) ?? "";
    expect(secret).toMatch(/^kht_[\w-]{43}$/);
    await page.keyboard.press("Escape"); // a stray key does not lose it
    expect(await shown.isVisible()).toBe(true);
    await page.getByRole("button", { name: "I have copied it" }).press("Enter");
    await shown.waitFor({ state: "detached" });
    expect((await api("/plugs", secret)).status).toBe(200);
    expect((await api("/users", secret)).status).toBe(403);
    await page.reload();
    const row = page.getByRole("listitem").filter({ hasText: "nightly" });
    await row.getByText(/Operator, all tenants/).waitFor({ timeout: WAIT });
    expect(await page.content()).not.toContain(secret);
    await row.getByRole("button", { name: "Revoke nightly" }).press("Enter");
    const revoke = page.getByRole("button", { name: "Revoke key" });
    await page.getByLabel("Type nightly to go on").waitFor({ timeout: WAIT });
    expect(await revoke.getAttribute("aria-disabled")).toBe("true");
    await page.keyboard.type("nightly");
    await revoke.press("Enter");
    // Behind the dialog the list is hidden from roles: only the notice says that it is done.
    await page.getByText("nightly is revoked").waitFor({ timeout: WAIT });
    await row.waitFor({ state: "detached", timeout: WAIT });
    expect((await api("/plugs", secret)).status).toBe(401);
  });
});

describe("a person", () => {
  test("is invited by a link, chooses a password, comes in, and both browsers see it live", async () => {
    const { page } = hub;
    const other = await signIn(browser, { url, admin });
    await other.page.goto("/hub/settings/users");
    await other.page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
    await page.goto("/hub/settings/users");
    await page.getByRole("button", { name: "Invite…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("Olga Weber");
    await dialog.getByLabel("E-mail").fill("olga.weber@example.com");
    await dialog.getByLabel("Role").selectOption("operator");
    await dialog.getByRole("button", { name: "Invite", exact: true }).click();
    await page.getByText("Copy it now. It is not shown again.").waitFor({ timeout: WAIT });
    const link = (await page.getByRole("dialog").locator("pre").first().textContent()) ?? "";
    await page.getByRole("button", { name: "I have copied it" }).click();
    const theirs = other.page.getByRole("listitem").filter({ hasText: "olga.weber@example.com" });
    await theirs.getByText("invited").waitFor({ timeout: WAIT });

    const guest = await browser.newContext({ baseURL: url });
    const door = await guest.newPage();
    await door.goto(link);
    await door.getByText("For Olga Weber, olga.weber@example.com").waitFor({ timeout: WAIT });
    expect(await seriousBarriers(door)).toEqual([]);
    await door.getByLabel("Password", { exact: true }).fill("correct horse battery");
    await door.getByRole("button", { name: "Save and open the Hub" }).click();
    await door.waitForURL(/\/hub/, { timeout: WAIT });
    await theirs.getByText("invited").waitFor({ state: "detached", timeout: WAIT });
    await door.goto(link);
    await door.getByText("This link has ended.").waitFor({ timeout: WAIT });

    await theirs.getByRole("button", { name: "More for Olga Weber" }).click();
    await other.page.getByRole("menuitem", { name: "Switch off…" }).click();
    await other.page.getByRole("button", { name: "Switch off", exact: true }).click();
    await page
      .getByRole("listitem")
      .filter({ hasText: "olga.weber@example.com" })
      .getByText("switched off")
      .waitFor({ timeout: WAIT });
    await door.goto("/hub");
    await door.waitForURL(/sign-in/, { timeout: WAIT });
    await guest.close();
    await other.context.close();
  });

  test("who is the last admin keeps the role, and is told why", async () => {
    const { page } = hub;
    const { items } = await (await api("/users?limit=200")).json();
    for (const user of items)
      if (user.role === "admin" && user.email !== admin.email)
        await api(`/users/${user.id}`, key, { method: "PATCH", body: JSON.stringify({ role: "viewer" }) });
    await page.goto("/hub/settings/users");
    const row = page.getByRole("listitem").filter({ hasText: admin.email });
    await row.getByRole("button", { name: `Change ${admin.name}` }).click();
    await page.getByRole("dialog").getByLabel("Role").selectOption("viewer");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByText(/is the last admin who can sign in/).waitFor({ timeout: WAIT });
    await page.keyboard.press("Escape");
  });

  test("changes their own password, and their other browsers are signed out", async () => {
    const person = await makePerson({ url, key }, "viewer");
    const [one, two] = [
      await signIn(browser, { url, admin: person }, { ownSession: true }),
      await signIn(browser, { url, admin: person }, { ownSession: true }),
    ];
    await one.page.goto("/hub/settings/account");
    await one.page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
    await one.page.getByLabel("Present password").fill(person.password);
    await one.page.getByLabel(/New password/).fill("another horse battery");
    await one.page.getByRole("button", { name: "Change password" }).click();
    await one.page.getByText("The password is changed").waitFor({ timeout: WAIT });
    await two.page.goto("/hub");
    await two.page.waitForURL(/sign-in/, { timeout: WAIT });
    await signIn(browser, { url, admin: { ...person, password: "another horse battery" } }, { ownSession: true });
    for (const { context } of [one, two]) await context.close();
  });
});

describe("alerts", () => {
  test("a rule is made with its whole form, and changed", async () => {
    const { page } = hub;
    await page.goto("/hub/settings/alerts");
    await page.getByRole("button", { name: "New rule…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("Sandbox fails");
    await dialog.getByLabel("What", { exact: true }).selectOption("failure_rate");
    await dialog.getByLabel("From (percent)").fill("25");
    await dialog.getByLabel("Plug").selectOption("sandbox");
    await dialog.getByText("When it is over, and how often it is told").click();
    await dialog.getByLabel("Tell again every (minutes)").fill("60");
    await dialog.getByLabel("Look back (minutes)").fill("30");
    await dialog.getByRole("button", { name: "Create rule" }).click();
    await dialog.waitFor({ state: "detached", timeout: WAIT });
    const find = async () =>
      (await (await api("/alerts/rules")).json()).items.find((rule: { name: string }) => rule.name === "Sandbox fails");
    expect(await find()).toMatchObject({ threshold: 25, plug: "sandbox", renotifyMinutes: 60, windowMinutes: 30 });
    await page.getByRole("button", { name: "Change Sandbox fails" }).click();
    await page.getByRole("dialog").getByLabel("From (percent)").fill("40");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByText("Failing runs: from 40 percent").waitFor({ timeout: WAIT });
    expect(await find()).toMatchObject({ threshold: 40, renotifyMinutes: 60 });
  });

  test("a webhook's secret is shown once, and quiet hours are kept", async () => {
    const { page } = hub;
    await page.goto("/hub/settings/alerts");
    await page.getByRole("button", { name: "New channel…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("ops");
    await dialog.getByLabel("By", { exact: true }).selectOption("webhook");
    await dialog.getByLabel("URL").fill("https://alerts.example.com/hook");
    await dialog.getByLabel(/Quiet hours/).click();
    await dialog.getByRole("button", { name: "Create channel" }).click();
    await page.getByText("Copy it now. It is not shown again.").waitFor({ timeout: WAIT });
    expect(await page.getByRole("dialog").locator("pre").first().textContent()).toMatch(/^whsec_/);
    await page.getByRole("button", { name: "I have copied it" }).click();
    await page.getByText(/quiet from 22:00 to 07:00/).waitFor({ timeout: WAIT });
  });
});

test("the log tells who did all that, and is narrowed to what one looks for", async () => {
  const { page } = hub;
  await page.goto("/hub/settings/audit");
  await page.getByText("alert_channel.create").first().waitFor({ timeout: WAIT });
  await page.getByLabel("What").selectOption("api_key.");
  await page.waitForURL(/action=api_key/);
  await page.getByText("api_key.revoke").first().waitFor({ timeout: WAIT });
  await page.getByText("alert_channel.create").waitFor({ state: "detached", timeout: WAIT });
});

test("keys, processes and tables are there to be seen", async () => {
  const { page } = hub;
  await page.goto("/hub/settings/secrets");
  await page
    .getByText("Everything is sealed")
    .or(page.getByText("Every secret that is stored"))
    .first()
    .waitFor({ timeout: WAIT });
  await page.getByText("current", { exact: true }).waitFor({ timeout: WAIT });
  await page.goto("/hub/settings");
  await page.getByText("this one").waitFor({ timeout: WAIT });
});

test.each([
  { width: 1440, dark: false },
  { width: 1440, dark: true },
  { width: 390, dark: false },
  { width: 390, dark: true },
])("no section has a serious barrier or scrolls sideways: $width, dark $dark", async ({ width, dark }) => {
  const visit = await signIn(browser, { url, admin }, { width, dark });
  const { page } = visit;
  const problems: string[] = [];
  for (const section of ["", "/users", "/keys", "/alerts", "/retention", "/secrets", "/audit", "/account"]) {
    await page.goto(`/hub/settings${section}`);
    await page.locator("[data-slot=card]").first().waitFor({ timeout: WAIT });
    await page.locator("[data-slot=skeleton]").first().waitFor({ state: "detached", timeout: WAIT });
    for (const problem of await seriousBarriers(page)) problems.push(`${section}: ${problem}`);
  }
  expect(problems).toEqual([]);
  expect(visit.complaints).toEqual([]);
  await visit.context.close();
});

test("all of it speaks German", async () => {
  const { context, page } = await signIn(browser, { url, admin });
  await context.addCookies([{ name: "khotan-locale", value: "de", url }]);
  await page.goto("/hub/settings/users");
  await page.getByRole("heading", { name: "Einstellungen", level: 1 }).waitFor({ timeout: WAIT });
  await page.getByRole("button", { name: "Einladen …" }).click();
  await page
    .getByRole("dialog")
    .getByText("Ein Einmal-Link: Die Person wählt ein Passwort")
    .waitFor({ state: "attached" });
  await context.close();
});

test("nothing of all that made the browser complain", () => {
  // The refusals that were provoked above are told by the browser itself.
  const own = hub.complaints.filter((text) => !/status of (401|403|409)/.test(text));
  expect(own).toEqual([]);
});
