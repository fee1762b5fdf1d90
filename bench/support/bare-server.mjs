// What ingest is measured against: node:http, one HMAC, one committed INSERT of event and delivery. Nothing else: no
// duplicates told apart, no queue job, no wire looked up, nothing handled.
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";

const { BARE_DATABASE_URL, BARE_SECRET, BARE_POOL = "10" } = process.env;
const pool = new pg.Pool({ connectionString: BARE_DATABASE_URL, max: Number(BARE_POOL) });
await pool.query(`
  create table if not exists bare_events (id uuid primary key, dedupe_key text not null unique, received_at timestamptz not null default now(), body jsonb not null);
  create table if not exists bare_deliveries (id uuid primary key, event_id uuid not null, status text not null default 'pending');
`);
const insert = {
  name: "insert",
  text: `with event as (insert into bare_events (id, dedupe_key, body) values ($1, $2, $3) returning id)
    insert into bare_deliveries (id, event_id) select $4, id from event`,
};

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => void answer(request, response, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
});

async function answer(request, response, body) {
  const signature = Buffer.from(String(request.headers["x-hub-signature-256"] ?? ""));
  const expected = Buffer.from(`sha256=${createHmac("sha256", BARE_SECRET).update(body).digest("hex")}`);
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return end(response, 401, "{}");
  const id = randomUUID();
  try {
    const values = [id, request.headers["x-github-delivery"], body.toString("utf8"), randomUUID()];
    await pool.query({ ...insert, values });
    end(response, 202, JSON.stringify({ id }));
  } catch (error) {
    end(response, 500, JSON.stringify({ message: error.message }));
  }
}

function end(response, status, text) {
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
