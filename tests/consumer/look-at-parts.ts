import type { Locator, Page } from "playwright-core";

/** What each part shows once it has read from the server, in the order in which `addParts` puts them on the page. */
const SHOWN: readonly (readonly [part: string, sign: (root: Locator) => Locator])[] = [
  ["ConfigPage", (root) => root.locator("article").filter({ hasText: "hello" })],
  ["EventsTable", (root) => root.locator("[data-row-id]").filter({ hasText: "order.created" })],
  ["PlugDebugger", (root) => root.getByRole("button", { name: /^Send/ })],
  ["RunsTable", (root) => root.locator("[data-row-id]").filter({ hasText: "note-orders" })],
  ["TopologyCanvas", (root) => root.locator(".react-flow__node")],
  ["VarPanel", (root) => root.getByText("Variables", { exact: true })],
  ["WirePanel", (root) => root.locator('input[value*="/webhook/hello"]')],
];

/** Opens the host's page with every part on it, signed in, and waits until each shows something of the server's, within its own bounds. */
export async function lookAtParts(page: Page): Promise<void> {
  await page.goto("/parts");
  const roots = page.locator("main .khotan");
  for (const [place, [part, sign]] of SHOWN.entries()) {
    const root = roots.nth(place);
    try {
      await sign(root).first().waitFor({ timeout: 30_000 });
    } catch (cause) {
      throw new Error(`${part} shows only:\n${await root.textContent()}`, { cause });
    }
    const { room, needed } = await root.evaluate((it) => ({ room: it.clientHeight, needed: it.scrollHeight }));
    if (needed > room + 1) throw new Error(`${part} has ${room} px, and spills over the page with ${needed}.`);
  }
}
