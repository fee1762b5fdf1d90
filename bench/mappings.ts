/**
 * A million mappings: how long lookups, lists and searches take, and which indexes they use.
 *
 * Run: npx tsx bench/mappings.ts [rows]; default 1,000,000. DATABASE_URL names a throwaway server, else one is started.
 */
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Principal } from "../src/contract/index.ts";
import { drizzleAdapter } from "../src/engine/database/adapter.ts";
import { migrate } from "../src/engine/database/migrate.ts";
import { resource } from "../src/engine/index.ts";
import { listMappings, type MappingsQuery } from "../src/engine/resources/list-mappings.ts";
import { createMappings } from "../src/engine/resources/mappings.ts";
import { scopeGram } from "../src/engine/resources/search-grams.ts";
import { createBenchDatabase } from "./support/bench-database.ts";

const COUNT = Number(process.argv[2] ?? 1_000_000);
const database = await createBenchDatabase();
const plans: string[] = [];
const client = postgres(database.url, {
  max: 1,
  onnotice: (notice) => {
    if (notice.message?.startsWith("duration:")) plans.push(notice.message);
  },
});
const adapter = drizzleAdapter(drizzle(client), { url: database.url });
await migrate(adapter);

const scope = (tenant: string) => `${scopeGram("resource", "products")},${scopeGram("tenant", tenant)}`;
/** The same numbers as `gramsOf`, in SQL. */
const grams = (text: string) => `array[${scope("default")}] || array(
  select distinct ((ascii(substr(t, i, 1)) & 1023) << 20) | ((ascii(substr(t, i + 1, 1)) & 1023) << 10) | (ascii(substr(t, i + 2, 1)) & 1023)
  from (select lower(${text}) as t) x, generate_series(1, length(t) - 2) i)`;

console.log(`filling ${COUNT.toLocaleString("en")} mappings with two refs each …`);
let from = performance.now();
// Indexes are made afterwards, as anybody would who fills a table of this size.
const indexes = await client<{ name: string; make: string }[]>`
  select indexname as name, indexdef as make from pg_indexes
  where tablename in ('khotan_mappings', 'khotan_mapping_refs') and (indexname like '%list%' or indexname like '%grams')`;
for (const { name } of indexes) await client.unsafe(`drop index ${name}`);
await client.unsafe("set synchronous_commit = off; set maintenance_work_mem = '256MB'");
for (let at = 0; at < COUNT; at += 100_000) {
  const [low, high] = [at, Math.min(COUNT, at + 100_000) - 1];
  await client.unsafe(`
    insert into khotan_mappings (id, resource, tenant, connect_key, connect, grams)
    select (lpad(to_hex(1767225600000 + n), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
      'products', 'default', k, jsonb_build_object('sku', k), ${grams("k")}
    from (select n, 'SKU-' || lpad(((n::bigint * 7919) % ${COUNT})::text, 7, '0') || '-' || (array['red','green','blue'])[1 + n % 3] as k from generate_series(${low}, ${high}) n) s`);
}
for (const [plug, ref] of [
  ["shop", "'gid://shop/Product/' || m.connect_key"],
  ["erp", "md5(m.connect_key)"],
] as const) {
  await client.unsafe(`
    insert into khotan_mapping_refs (mapping_id, plug, resource, tenant, ref, grams)
    select m.id, '${plug}', 'products', 'default', ${ref}, ${grams(ref)} from khotan_mappings m`);
}
for (const { make } of indexes) await client.unsafe(make);
await client.unsafe("vacuum analyze khotan_mappings, khotan_mapping_refs");
console.log(`filled in ${Math.round((performance.now() - from) / 1000)} s\n`);

const mappings = createMappings({ adapter, publisher: { publish: () => undefined, flush: async () => undefined } }, [
  resource({ name: "products", connectField: "sku" }),
]);
const map = mappings.open("products");
const [some] = await client<{ key: string; hash: string }[]>`
  select connect_key as key, md5(connect_key) as hash from khotan_mappings order by id offset ${Math.floor(COUNT / 3)} limit 1`;
const key = some?.key ?? "";
const everybody: Principal = { id: "bench", role: "admin", tenants: "*" };
const list = (query: Partial<MappingsQuery>) => listMappings({ adapter, mappings }, everybody, { limit: 50, ...query });
const page = await list({ resource: "products", tenant: "default" });

const questions: Record<string, () => Promise<unknown>> = {
  "lookup by connect value": () => map.get(key),
  "lookup by ref": () => map.getByRef("erp", some?.hash ?? ""),
  "list, first page": () => list({ resource: "products", tenant: "default" }),
  "list, all tenants": () => list({}),
  "list, next page of a plug": () =>
    list({ resource: "products", tenant: "default", plug: "shop", cursor: page.page.next ?? "" }),
  "search: a whole value": () => list({ resource: "products", tenant: "default", q: key }),
  "search: rare, in the middle": () => list({ resource: "products", tenant: "default", q: key.slice(5, 11) }),
  "search: a ref's beginning": () =>
    list({ resource: "products", tenant: "default", q: (some?.hash ?? "").slice(0, 8) }),
  "search: what a third contain": () => list({ resource: "products", tenant: "default", q: "green" }),
  "search: what all contain": () => list({ resource: "products", tenant: "default", q: "sku-" }),
  "search: nothing contains it": () => list({ resource: "products", tenant: "default", q: "unobtainium" }),
  "search: one plug only": () =>
    list({ resource: "products", tenant: "default", plug: "erp", q: (some?.hash ?? "").slice(0, 8) }),
  "search: no resource, no tenant": () => list({ q: key.slice(4) }),
};
console.log(`${"question".padEnd(34)}${"p50 ms".padStart(9)}${"max ms".padStart(9)}   indexes`);
for (const [name, ask] of Object.entries(questions)) {
  await ask();
  const times: number[] = [];
  for (let round = 0; round < 21; round++) {
    from = performance.now();
    await ask();
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  plans.length = 0;
  await client.unsafe("load 'auto_explain'; set auto_explain.log_min_duration = 0; set client_min_messages = log");
  await ask();
  await client.unsafe("set auto_explain.log_min_duration = -1");
  const used = [
    ...new Set(
      plans.flatMap((plan) =>
        [
          ...plan.matchAll(
            /khotan_mapping\w*_(?:list\w*|grams|identity|reverse|pkey|plug_pk|mapping_id_plug_pk)|Seq Scan on khotan_\w+/g,
          ),
        ].map(([it]) => it.replace("khotan_", "")),
      ),
    ),
  ];
  console.log(
    `${name.padEnd(34)}${(times[10] ?? 0).toFixed(1).padStart(9)}${(times[20] ?? 0).toFixed(1).padStart(9)}   ${used.join(" ")}`,
  );
}
await client.end();
await database.drop();
