import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../support/launch-browser.ts";

const PAGES = ["/sign-in", "/setup?token=x", "/welcome?token=x", "/hub"];

describe("what a page may do", () => {
  const url = inject("appUrl");
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it.each(PAGES)("%s runs without breaking its own policy", async (path) => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(url + path, { waitUntil: "networkidle" });
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("does not run a script that somebody slipped in", async () => {
    const page = await browser.newPage();
    const blocked = page.waitForEvent("console", (message) => /Content.Security.Policy/i.test(message.text()));
    await page.route("**/sign-in", async (route) => {
      const response = await route.fetch();
      const slippedIn = "</title><script>document.documentElement.dataset.slippedIn = 'yes'</script>";
      await route.fulfill({ response, body: (await response.text()).replace("</title>", slippedIn) });
    });
    await page.goto(`${url}/sign-in`);
    await blocked;
    expect(await page.locator("html").getAttribute("data-slipped-in")).toBeNull();
    await page.close();
  });

  it("has a new nonce for each request", async () => {
    const policies = await Promise.all(
      [1, 2].map(async () => (await fetch(`${url}/sign-in`)).headers.get("content-security-policy")),
    );
    expect(policies[0]).toMatch(/script-src 'self' 'nonce-[\w+/=]{24}' 'strict-dynamic'/);
    expect(policies[0]).not.toBe(policies[1]);
  });

  it.each([...PAGES, "/api/auth/setup-state"])("%s cannot be framed or sniffed", async (path) => {
    const { headers } = await fetch(url + path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
    expect(headers.has("x-powered-by")).toBe(false);
  });
});
