import type { Browser, BrowserContext, Page } from "playwright-core";

interface Visitor {
  readonly url: string;
  readonly admin: { readonly email: string; readonly password: string };
}

export interface HubPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about so far. */
  readonly complaints: string[];
}

/** A fresh browser profile, signed in through the sign-in page. */
export async function signIn(
  browser: Browser,
  { url, admin }: Visitor,
  options: { width?: number; dark?: boolean } = {},
): Promise<HubPage> {
  const { width = 1440, dark = false } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: dark ? "dark" : "light",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`page: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  await page.goto("/hub");
  await page.waitForURL(/sign-in/);
  await page.fill("input[type=email]", admin.email);
  await page.fill("input[type=password]", admin.password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL(/\/hub/);
  complaints.length = 0; // being asked to sign in is told by a 401
  return { context, page, complaints };
}

/** Until what moves in has arrived: on its way it is half transparent, which is no contrast to judge. Spinners go on. */
export const arrived = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished.catch(() => undefined)),
    ).then(() => undefined),
  );
