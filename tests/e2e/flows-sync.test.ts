import type { Browser } from "playwright-core";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { decodeId } from "../../src/contract/ids.ts";
import { hubApi } from "../support/hub-api.ts";
import { type HubPage, signIn } from "../support/hub-page.ts";
import { launchBrowser } from "../support/launch-browser.ts";
import { seriousBarriers } from "../support/serious-barriers.ts";

const visitor = { url: inject("appUrl"), admin: inject("admin") };
const WAIT = 20_000;

let browser: Browser;
let hub: HubPage;
let sql: postgres.Sql;
let flowId: string;

/** Runs the two-way flow and waits for its end. */
async function runCustomers(): Promise<void> {
  const run = await hubApi.post(`/flows/${flowId}/runs`);
  await hubApi.until(`/runs/${run.id}`, ({ status }) => /succeeded|partial/.test(status));
}

const flowOf = async (plug: string, name: string) =>
  (await hubApi.read("/flows")).items.find((flow: { plug: string; name: string }) => {
    return flow.plug === plug && flow.name === name;
  });

/** Both sides give a customer another company. */
async function makeConflict(): Promise<string> {
  const [row] = await sql`select id from sandbox_customers order by random() limit 1`;
  const id: string = row?.id ?? "";
  const answer = await fetch(`${inject("sandboxUrl")}/customers/${id}`, {
    method: "PATCH",
    headers: { authorization: "Bearer sandbox-token", "content-type": "application/json" },
    body: JSON.stringify({ company: "Theirs Inc" }),
  });
  expect(answer.ok).toBe(true);
  await sql`update sandbox_customers set company = 'Ours Ltd', updated_at = now() + interval '1 minute' where id = ${id}`;
  await runCustomers();
  return id;
}

beforeAll(async () => {
  browser = await launchBrowser();
  sql = postgres(inject("databaseUrl"), { onnotice: () => undefined, max: 2 });
  flowId = (await flowOf("sandbox", "customers")).id;
  await runCustomers();
  hub = await signIn(browser, visitor);
});
afterAll(async () => {
  await sql?.end();
  await browser?.close();
});

test("a conflict is decided by hand, in one browser and seen in the other, and the next run writes it", async () => {
  const id = await makeConflict();
  const other = await signIn(browser, visitor);
  for (const { page } of [hub, other]) {
    await page.goto("/hub/flows");
    await page.getByText("Live", { exact: true }).waitFor({ timeout: WAIT });
    await page.getByRole("group", { name: `Conflict of ${id}` }).waitFor({ timeout: WAIT });
  }
  const choice = (page: HubPage["page"]) =>
    page.getByRole("group", { name: `Conflict of ${id}` }).getByRole("button", { name: "Let sandbox decide company" });
  expect(await choice(hub.page).getAttribute("aria-pressed")).toBe("false");
  await choice(hub.page).click();
  for (const { page } of [hub, other]) {
    await expect.poll(() => choice(page).getAttribute("aria-pressed"), { timeout: WAIT }).toBe("true");
  }
  await runCustomers();
  const [row] = await sql`select company from sandbox_customers where id = ${id}`;
  expect(row?.company).toBe("Theirs Inc");
  expect(other.complaints).toEqual([]);
  await other.context.close();
});

test("a value of one's own is written to both sides, by keys alone", async () => {
  const id = await makeConflict();
  const { page } = hub;
  await page.goto("/hub/flows/conflicts");
  await page.locator("[data-row-id]").filter({ hasText: id }).first().waitFor({ timeout: WAIT });
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/conflicts\/cfl_/);
  const own = page.getByRole("button", { name: "Another value…" }).first();
  await own.waitFor({ timeout: WAIT });
  await own.focus();
  await page.keyboard.press("Enter");
  const field = page.getByLabel("company is to be");
  await field.waitFor();
  await field.fill("Both of them");
  await page.keyboard.press("Enter");
  await page.getByText("Chosen field by field").waitFor({ timeout: WAIT });
  await runCustomers();
  const [row] = await sql`select company from sandbox_customers where id = ${id}`;
  expect(row?.company).toBe("Both of them");
});

test("a drift is looked at and accepted, and the flow goes on", async () => {
  const orders = await flowOf("sandbox", "orders");
  const changes = [
    { field: "phone", kind: "missing", breaking: true, before: ["string"], now: [] },
    { field: "vip", kind: "retyped", breaking: true, before: ["boolean"], now: ["string"] },
  ];
  await sql`
    insert into khotan_flow_drifts (id, flow_id, tenant, breaking, status, version, changes, shape)
    values (gen_random_uuid(), ${decodeId("flow", orders.id)}::uuid, 'default', true, 'open', 1, ${sql.json(changes)}, '{}')
  `;
  const { page } = hub;
  await page.goto("/hub/flows");
  await page.getByText("orders is paused by drift").waitFor({ timeout: WAIT });
  await page.getByText("boolean → string").waitFor();
  await page.getByRole("button", { name: "Accept and resume…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Accept and resume" }).click();
  await page.getByText("orders is paused by drift").waitFor({ state: "detached", timeout: WAIT });
  expect((await flowOf("sandbox", "orders")).pausedFor).toEqual([]);
});

test("a cursor is shown and, after a question, reset", async () => {
  const { page } = hub;
  await page.goto(`/hub/flows/${flowId}`);
  await page.getByText("Reads since").waitFor({ timeout: WAIT });
  await page.getByRole("button", { name: "Reset…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reset cursor" }).click();
  await page.getByText(/Nothing is kept/).waitFor({ timeout: WAIT });
  expect((await hubApi.read(`/flows/${flowId}/cursors`)).items).toEqual([]);
});

test("a flow is paused and resumed", async () => {
  const { page } = hub;
  await page.goto(`/hub/flows/${flowId}`);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect.poll(async () => (await flowOf("sandbox", "customers")).enabled, { timeout: WAIT }).toBe(false);
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect.poll(async () => (await flowOf("sandbox", "customers")).enabled, { timeout: WAIT }).toBe(true);
});

test("a field mapping is changed with a preview on a real record, saved as a version, and set back", async () => {
  const { page } = hub;
  const products = await flowOf("sandbox", "products");
  const run = await hubApi.post(`/flows/${products.id}/runs`, { variant: "full" });
  await hubApi.until(`/runs/${run.id}`, ({ status }) => /succeeded|partial/.test(status));
  await page.goto("/hub/flows/field-mappings");
  await page.getByRole("link", { name: "products" }).click();
  await page.getByText("tried on the record beside").waitFor({ timeout: WAIT });
  const row = page.getByRole("listitem").filter({ has: page.getByRole("combobox", { name: "Source of title" }) });
  await row.locator("output").waitFor({ timeout: WAIT });
  // Completed from what the record has.
  const source = page.getByRole("combobox", { name: "Source of title" });
  await source.fill("price.am");
  await page.getByRole("option", { name: /price\.amount/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await source.inputValue()).toBe("price.amount");
  // What is wrong is told in place, and nothing is saved.
  const transform = page.getByRole("textbox", { name: "Transform of title" });
  await transform.fill("$uppercase(name");
  await row
    .getByText(/Expected|Syntax|before end/)
    .first()
    .waitFor({ timeout: WAIT });
  await page.getByText("1 to fix").first().waitFor();
  await transform.fill("$uppercase(name)");
  await expect
    .poll(async () => (await row.locator("output").textContent()) ?? "", { timeout: WAIT })
    .toMatch(/^"[^a-z]+"$/);
  await page.getByRole("textbox", { name: "Why, for those who read it later" }).fill("Loud titles");
  await page.getByRole("button", { name: "Save version 1" }).click();
  await page.getByText("Loud titles").waitFor({ timeout: WAIT });
  expect((await hubApi.read("/field-mappings/products")).version).toBe(1);
  await page.getByRole("button", { name: "Restore…" }).last().click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore version 0" }).click();
  await expect.poll(async () => (await hubApi.read("/field-mappings/products")).version, { timeout: WAIT }).toBe(2);
  await expect.poll(() => transform.inputValue(), { timeout: WAIT }).toBe("");
});

test("the browser had nothing to complain about", () => expect(hub.complaints).toEqual([]));

describe.each([
  { width: 1440, dark: false },
  { width: 390, dark: true },
])("at $width", ({ width, dark }) => {
  test("flows, conflicts and the editor have no serious barrier and do not scroll sideways", async () => {
    const { page, context } = await signIn(browser, visitor, { width, dark });
    const [conflict] = (await hubApi.read("/conflicts")).items;
    for (const [path, text] of [
      [`/hub/flows/${flowId}`, "sandbox to Postgres"],
      ["/hub/flows/conflicts?show=all", conflict.key],
      [`/hub/flows/conflicts/${conflict.id}`, "The whole record"],
      ["/hub/flows/field-mappings", "products"],
      ["/hub/flows/field-mappings/products", "tried on the record beside"],
    ] as const) {
      await page.goto(path);
      const found =
        text === "The whole record" ? page.getByRole("table", { name: text }) : page.getByText(text).first();
      await found.waitFor({ timeout: WAIT });
      expect(await seriousBarriers(page)).toEqual([]);
    }
    await context.close();
  });
});
