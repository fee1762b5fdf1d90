// Sends signed webhooks of 1 KB on kept-alive connections, one after the other on each. A process of its own, on raw
// sockets and with the signature computed once, since it shares the cores with what it measures.
// Told by message: { port, path, secret, connections, durationMs } or { …, ratePerSec }; answers with what it saw.
import { createHmac, randomBytes } from "node:crypto";
import { connect } from "node:net";

const BODY_BYTES = 1024;

process.on("message", async (order) => process.send(await load(order)));
process.on("disconnect", () => process.exit());

async function load({ port, path, secret, connections, durationMs, ratePerSec }) {
  const seen = { latenciesMs: [], statuses: {}, broken: 0, retryAfter: 0 };
  const request = requestMaker(port, path, secret);
  const started = performance.now();
  const until = started + durationMs;
  const gapMs = ratePerSec === undefined ? 0 : (1000 * connections) / ratePerSec;
  const lines = Array.from({ length: connections }, (_each, nth) =>
    drive({ port, request, until, gapMs, firstMs: (gapMs * nth) / connections, seen }),
  );
  await Promise.all(lines);
  const elapsedMs = performance.now() - started;
  const sorted = Float64Array.from(seen.latenciesMs).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const { statuses, broken, retryAfter } = seen;
  return {
    elapsedMs,
    answered: sorted.length,
    statuses,
    broken,
    retryAfter,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}

/** Same body and signature, another delivery id: what GitHub deduplicates by. */
function requestMaker(port, path, secret) {
  const filler = { ref: "refs/heads/main", repository: { full_name: "bench/mark" }, note: "" };
  filler.note = "x".repeat(BODY_BYTES - JSON.stringify(filler).length);
  const body = JSON.stringify(filler);
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const head =
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nUser-Agent: GitHub-Hookshot/bench\r\n` +
    `Accept: */*\r\nX-GitHub-Event: push\r\nX-Hub-Signature-256: sha256=${signature}\r\nContent-Length: ${body.length}\r\nX-GitHub-Delivery: `;
  const unique = randomBytes(6).toString("hex");
  let count = 0;
  return () => `${head}${unique}-${++count}\r\n\r\n${body}`;
}

function drive({ port, request, until, gapMs, firstMs, seen }) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let sentAt = 0;
    let due = performance.now() + firstMs;
    let heard = "";
    const send = () => {
      if (performance.now() >= until) {
        socket.end();
        return resolve();
      }
      sentAt = performance.now();
      socket.write(request(), "latin1");
    };
    const next = () => {
      if (gapMs === 0) return send();
      const wait = due - performance.now();
      due += gapMs;
      setTimeout(send, Math.max(0, wait));
    };
    socket.setEncoding("latin1");
    socket.on("connect", next);
    socket.on("data", (chunk) => {
      heard += chunk;
      const status = complete(heard);
      if (status === undefined) return;
      if (/\r\nretry-after:/i.test(heard)) seen.retryAfter++;
      heard = "";
      seen.latenciesMs.push(performance.now() - sentAt);
      seen.statuses[status] = (seen.statuses[status] ?? 0) + 1;
      next();
    });
    const broke = () => {
      seen.broken++;
      resolve();
    };
    socket.on("error", broke);
    socket.on("close", (bad) => !bad && resolve());
  });
}

/** The status of an answer that is there completely. */
function complete(text) {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end + 2))?.[1];
  const whole = length === undefined ? text.endsWith("0\r\n\r\n") : text.length >= end + 4 + Number(length);
  return whole ? text.slice(9, 12) : undefined;
}
