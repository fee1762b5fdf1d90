/**
 * How long webhooks of the largest size hold up everything else: the longest delay of the running product's event loop
 * while JSON bodies of 5 MiB are verified, parsed and stored, beside what `JSON.parse` alone takes for the same text in a
 * process of its own, which is what it would be held up for at least if it was parsed at once.
 *
 * Run: npm run bench bodies; `--quick` for fewer.
 */
import { createHmac, randomUUID } from "node:crypto";
import { median, printTable } from "./support/load.ts";
import { startBenchDatabase, startProduct, WEBHOOK_PATH, WIRE_SECRET } from "./support/product.ts";

const quick = process.argv.includes("--quick");
const ROUNDS = quick ? 5 : 20;
const MOST_BYTES = 5 * 1024 * 1024;

/** As providers send them: a list of records. */
const record = (n: number) => ({
  id: n,
  name: `Record ${n}`,
  tags: ["a", "b"],
  price: n / 100,
  note: null,
  at: { day: n % 31 },
});
const one = JSON.stringify(record(50_000)).length + 1;
const text = JSON.stringify({
  action: "sync",
  records: Array.from({ length: Math.floor((0.97 * MOST_BYTES) / one) }, (_each, n) => record(n)),
});

const database = await startBenchDatabase();
const app = await startProduct(database, "web");
const signed = (type: string, content: string) => {
  const body = Buffer.from(content);
  return { type, body, signature: `sha256=${createHmac("sha256", WIRE_SECRET).update(body).digest("hex")}` };
};
const json = signed("application/json", text);
/** As GitHub and Slack may send it: escaped, in a form's only field. */
const share = (0.97 * MOST_BYTES) / new URLSearchParams({ payload: text }).toString().length;
const escaped = JSON.stringify({
  action: "sync",
  records: Array.from({ length: Math.floor((share * 0.97 * MOST_BYTES) / one) }, (_each, n) => record(n)),
});
const form = signed("application/x-www-form-urlencoded", new URLSearchParams({ payload: escaped }).toString());

/** Since it was asked last. */
const longestMs = async () => {
  const page = await (await app.api("/api/khotan/metrics")).text();
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(page)?.[1] ?? Number.NaN) * 1_000;
};
async function send({ type, body, signature } = json): Promise<void> {
  const headers = {
    "content-type": type,
    "x-github-event": "push",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": signature,
  };
  const answer = await fetch(app.url + WEBHOOK_PATH, { method: "POST", headers, body });
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
}

try {
  for (let n = 0; n < 5; n++) await Promise.all([send(), send(form)]);
  const seen = {
    idle: [] as number[],
    one: [] as number[],
    four: [] as number[],
    forms: [] as number[],
    parse: [] as number[],
  };
  for (let round = 0; round < ROUNDS; round++) {
    await longestMs();
    await new Promise((resolve) => setTimeout(resolve, 200));
    seen.idle.push(await longestMs());
    await send();
    seen.one.push(await longestMs());
    await Promise.all([send(), send(), send(), send()]);
    seen.four.push(await longestMs());
    await Promise.all([send(form), send(form), send(form), send(form)]);
    seen.forms.push(await longestMs());
    const from = performance.now();
    JSON.parse(text);
    seen.parse.push(performance.now() - from);
  }
  const line = (title: string, of: readonly number[]) => [title, median(of).toFixed(1), Math.max(...of).toFixed(1)];
  console.log(
    `JSON of ${(json.body.byteLength / 1024 / 1024).toFixed(2)} MiB, ${ROUNDS} rounds; Node ${process.version}\n`,
  );
  printTable([
    ["longest stop of the event loop, ms", "median", "most"],
    line("nothing is sent", seen.idle),
    line("one is received", seen.one),
    line("four at once are received", seen.four),
    line("four forms at once, with JSON in `payload`", seen.forms),
    line("beside: JSON.parse of it at once", seen.parse),
  ]);
} finally {
  await app.stop();
  await database.stop();
}
process.exit(0);
