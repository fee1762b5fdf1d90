/**
 * How the overview's canvas bears many nodes: time to the first node in the picture, and the length of frames while somebody
 * drags the canvas about, of everything folded by plug (as it opens) and of everything unfolded. The rows of 20 nodes are the
 * comparison: what this machine needs at the least.
 *
 * Run: npm run bench canvas. Needs Chromium; starts the built app on its own Postgres. Only `GET /topology` is answered by the
 * benchmark; page, browser and layout are real.
 */
import type { Page } from "playwright-core";
import { launchBrowser } from "../tests/support/launch-browser.ts";
import { runApp, temporaryDataFolder } from "../tests/support/run-app.ts";
import { madeUpTopology } from "./support/made-up-topology.ts";

const SIZES = [20, 300, 2_000];
const LIMITS = { paintMs: 1_500, frameMs: 33 };
const admin = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };

const folder = await temporaryDataFolder();
const app = await runApp({ KHOTAN_DATA_DIR: folder.path });
const browser = await launchBrowser();
try {
  const page = await signedIn();
  console.log(`  ${"".padEnd(28)} first node  frames p50      p95  longest   elements`);
  for (const size of SIZES)
    for (const unfolded of size > 60 ? [false, true] : [true]) await measure(page, size, unfolded);
  console.log(`\n  Limits at 300 nodes: first node ${LIMITS.paintMs} ms, p95 of frames ${LIMITS.frameMs} ms.`);
} finally {
  await browser.close();
  await app.stop();
  await folder.remove();
}

async function signedIn(): Promise<Page> {
  const token = new URL(app.setupLink ?? "").searchParams.get("token");
  const headers = { "content-type": "application/json", origin: app.url };
  await fetch(new URL("/api/auth/setup-admin", app.url), {
    method: "POST",
    headers,
    body: JSON.stringify({ token, ...admin }),
  });
  const context = await browser.newContext({ baseURL: app.url, viewport: { width: 1440, height: 900 } });
  const { email, password } = admin;
  await context.request.post("/api/auth/sign-in/email", { headers: { origin: app.url }, data: { email, password } });
  return await context.newPage();
}

async function measure(page: Page, size: number, unfolded: boolean): Promise<void> {
  const topology = madeUpTopology(size);
  await page.unroute("**/api/khotan/topology*");
  await page.route("**/api/khotan/topology*", (route) => route.fulfill({ json: topology }));
  const plugs = topology.nodes.filter(({ kind }) => kind === "plug").map(({ name }) => name);
  const path = `/hub?view=canvas${unfolded && size > 60 ? `&open=${plugs.join(",")}` : ""}`;
  await page.goto(path); // what is loaded once is loaded: the browser keeps it, and so it does for people
  await page.locator(".react-flow__node").first().waitFor({ timeout: 60_000 });
  const from = performance.now();
  await page.goto(path, { waitUntil: "commit" });
  await page.locator(".react-flow__node").first().waitFor({ timeout: 60_000 });
  const first = performance.now() - from;
  await page.waitForTimeout(1_000);
  const frames = await drag(page);
  const at = (share: number) => frames[Math.min(frames.length - 1, Math.floor(frames.length * share))] ?? Number.NaN;
  const drawn = await page.locator(".react-flow__node, .react-flow__edge").count();
  const what = `${topology.nodes.length} nodes, ${topology.edges.length} edges${unfolded ? "" : ", folded"}`;
  console.log(
    `  ${what.padEnd(30)} ${ms(first)}   ${ms(at(0.5))} ${ms(at(0.95))} ${ms(at(1))}  ${String(drawn).padStart(9)}`,
  );
}

/** Drag the empty canvas in circles for about three seconds; how long each frame took, shortest first. */
async function drag(page: Page): Promise<number[]> {
  // As text: what the bundler adds to a function does not exist in the page.
  await page.evaluate(`{
    const frames = (window.drawnFrames = []);
    let before = performance.now();
    requestAnimationFrame(function next(now) {
      frames.push(now - before);
      before = now;
      requestAnimationFrame(next);
    });
  }`);
  const pane = await page.locator(".react-flow__pane").boundingBox();
  if (!pane) throw new Error("There is no canvas");
  const start = { x: pane.x + pane.width / 2, y: pane.y + 12 };
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  for (let step = 0; step < 180; step++) {
    const angle = (step / 45) * Math.PI;
    await page.mouse.move(start.x + 200 * Math.sin(angle), start.y + 200 * (1 - Math.cos(angle)));
  }
  const frames = await page.evaluate<unknown>("window.drawnFrames");
  await page.mouse.up();
  return Array.isArray(frames)
    ? frames
        .map(Number)
        .slice(2)
        .toSorted((a, b) => a - b)
    : [];
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`.padStart(8);
}
