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

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Nobody may sign in more than 20 times a minute, so the pages of one test file share a person's session. */
const sessions = new Map<string, Cookies>();

/**
 * A fresh browser profile, signed in through the sign-in page.
 *
 * @param options `ownSession`: not the one that this file's other pages of the same person have
 */
export async function signIn(
  browser: Browser,
  { url, admin }: Visitor,
  options: { width?: number; dark?: boolean; ownSession?: boolean } = {},
): Promise<HubPage> {
  const { width = 1440, dark = false, ownSession = false } = options;
  const cookies = ownSession ? undefined : sessions.get(admin.email);
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: dark ? "dark" : "light",
  });
  if (cookies) await context.addCookies(cookies);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`page: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  // A session may have been ended meanwhile: that is what some tests are about.
  const inside = page
    .waitForResponse((response) => response.url().includes("/api/khotan/") && response.ok())
    .then(() => true);
  const outside = page.waitForURL(/sign-in/).then(() => false);
  for (const one of [inside, outside]) one.catch(() => undefined);
  await page.goto("/hub");
  if (await Promise.race([inside, outside])) return { context, page, complaints };
  await page.fill("input[type=email]", admin.email);
  await page.fill("input[type=password]", admin.password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL(/\/hub/);
  complaints.length = 0; // being asked to sign in is told by a 401
  if (!ownSession) sessions.set(admin.email, await context.cookies());
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
