import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { HubPage } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";
import { signInAs } from "../support/people.ts";
import { seriousBarriers } from "../support/serious-barriers.ts";

const app = { url: inject("appUrl"), key: inject("apiKey") };
const WAIT = 20_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Every room, and something that shows that it has come. */
const ROOMS = [
  ["/hub", "Overview"],
  ["/hub/runs", "Runs"],
  ["/hub/events", "Events"],
  ["/hub/events/dead", "Events"],
  ["/hub/plugs", "Plugs"],
  ["/hub/flows", "Flows"],
  ["/hub/mappings", "Mappings & caches"],
  ["/hub/settings", "Settings"],
] as const;

/** What acts and is not marked as off, of the page's own buttons that change something. */
const actsIn = async ({ page }: HubPage, name: RegExp): Promise<boolean> => {
  const button = page.locator("main").getByRole("button", { name }).first();
  await button.waitFor({ timeout: WAIT });
  return (await button.getAttribute("aria-disabled")) !== "true";
};

describe("a viewer", () => {
  let visit: HubPage;
  beforeAll(async () => {
    visit = await signInAs(browser, app, "viewer");
  });

  test.each(ROOMS)("sees %s without complaint", async (path, heading) => {
    visit.complaints.length = 0;
    await visit.page.goto(path);
    await visit.page.getByRole("heading", { name: heading, level: 1 }).waitFor({ timeout: WAIT });
    await visit.page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
    expect(await seriousBarriers(visit.page)).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test("finds actions disabled, with the role they take, and the server refuses all the same", async () => {
    const { page } = visit;
    await page.goto("/hub/flows");
    expect(await actsIn(visit, /^Run products/)).toBe(false);
    await page
      .locator("main")
      .getByRole("button", { name: /^Run products/ })
      .first()
      .focus();
    await page.getByText("Needs operator").first().waitFor({ timeout: WAIT });
    const refused = await page.evaluate(async () => {
      const answer = await fetch("/api/khotan/flows/flw_00000000000000000000000000/runs", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      });
      return answer.status;
    });
    expect(refused).toBe(403);
  });

  test("is told that people, keys, secrets and the log are an admin's", async () => {
    const { page } = visit;
    for (const section of ["users", "keys", "secrets", "audit"]) {
      await page.goto(`/hub/settings/${section}`);
      await page.getByText("Only an admin sees this.").waitFor({ timeout: WAIT });
    }
    await page.goto("/hub/settings/alerts");
    expect(await actsIn(visit, /New rule/)).toBe(false);
  });

  test("finds the palette's actions off, and its places open", async () => {
    const { page } = visit;
    await page.goto("/hub/runs");
    await page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").waitFor({ timeout: WAIT });
    await page.keyboard.type("Run products");
    const option = page.getByRole("option", { name: /Run products now/ });
    await option.waitFor({ timeout: WAIT });
    expect(await option.getAttribute("aria-disabled")).toBe("true");
    await page.keyboard.press("Escape");
  });
});

test("an operator acts, and configures nothing", async () => {
  const visit = await signInAs(browser, app, "operator");
  await visit.page.goto("/hub/flows");
  expect(await actsIn(visit, /^Run products/)).toBe(true);
  await visit.page.goto("/hub/settings/alerts");
  expect(await actsIn(visit, /New rule/)).toBe(false);
  await visit.page.goto("/hub/settings/users");
  await visit.page.getByText("Only an admin sees this.").waitFor({ timeout: WAIT });
});

test("an admin configures", async () => {
  const visit = await signInAs(browser, app, "admin");
  for (const [section, action] of [
    ["users", /Invite/],
    ["keys", /New key/],
    ["alerts", /New rule/],
    ["retention", /Change/],
  ] as const) {
    await visit.page.goto(`/hub/settings/${section}`);
    expect(await actsIn(visit, action)).toBe(true);
  }
});

test("a role that is taken away is gone with the next click, without signing out", async () => {
  const visit = await signInAs(browser, app, "admin");
  const { page } = visit;
  await page.goto("/hub/settings/keys");
  await page.getByRole("button", { name: "New key…" }).waitFor({ timeout: WAIT });
  const { items } = await (
    await fetch(`${app.url}/api/khotan/users?limit=200`, { headers: { authorization: `Bearer ${app.key}` } })
  ).json();
  const newest = items
    .filter((user: { name: string }) => user.name.startsWith("admin "))
    .toSorted((a: { createdAt: string }, b: { createdAt: string }) => b.createdAt.localeCompare(a.createdAt))[0];
  await fetch(`${app.url}/api/khotan/users/${newest.id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
    body: JSON.stringify({ role: "viewer" }),
  });
  await page.reload();
  await page.getByText("Only an admin sees this.").waitFor({ timeout: WAIT });
});
