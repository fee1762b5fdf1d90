import type { Browser, Page } from "playwright-core";
import { lookAtParts } from "./look-at-parts.ts";

interface Account {
  readonly email: string;
  readonly password: string;
}

export interface Sight {
  /** What the browser complained about. */
  readonly complaints: readonly string[];
  /** Styles of the host's own button, before the Hub was loaded and beside it. */
  readonly hostBefore: string;
  readonly hostBeside: string;
  /** Styles of parts of the Hub: the same in every host. */
  readonly hub: string;
  readonly background: string;
  readonly heading: string;
}

/** Opens the Hub as a person does: is asked who it is, says so, sees a room. */
export async function lookAtHub(
  browser: Browser,
  { url, hubPath, account, dark }: { url: string; hubPath: string; account: Account; dark: boolean },
): Promise<Sight> {
  const context = await browser.newContext({ baseURL: url, colorScheme: dark ? "dark" : "light" });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(`page: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()}`);
    });
    await page.goto("/");
    const hostBefore = await stylesOf(page, "#host");
    await page.goto(`${hubPath}/runs`);
    await page.waitForURL(/khotan-sign-in/);
    await page.fill("input[type=email]", account.email);
    await page.fill("input[type=password]", account.password);
    await page.click("button[type=submit]");
    await page.waitForURL(`**${hubPath}/runs`);
    // Being asked to sign in is told by a 401; from here on nothing is to be complained about.
    complaints.length = 0;
    await page.getByText("note-orders").first().waitFor();
    const hostBeside = await stylesOf(page, "#host");
    const hub = [
      await stylesOf(page, ".khotan"),
      await stylesOf(page, ".khotan h1"),
      await stylesOf(page, ".khotan a"),
    ];
    const heading = (await page.locator(".khotan h1").first().textContent()) ?? "";
    const background = await page
      .locator(".khotan")
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
    // The canvas lays its nodes out in a web worker of the package.
    await page.goto(hubPath);
    await page.locator(".khotan .react-flow__node").first().waitFor();
    await lookAtParts(page);
    return { complaints, hostBefore, hostBeside, hub: hub.join("\n"), background, heading };
  } finally {
    await context.close();
  }
}

const LOOKED_AT = [
  ...["color", "backgroundColor", "fontFamily", "fontSize", "fontWeight", "lineHeight", "letterSpacing"],
  ...["boxSizing", "borderTopWidth", "borderTopStyle", "borderTopLeftRadius", "paddingLeft", "paddingTop"],
  ...["marginTop", "marginLeft", "textDecorationLine", "display", "cursor"],
];

const stylesOf = (page: Page, selector: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((element, names) => {
      const styles = getComputedStyle(element);
      return names.map((name) => `${name}: ${Reflect.get(styles, name)}`).join("; ");
    }, LOOKED_AT);
