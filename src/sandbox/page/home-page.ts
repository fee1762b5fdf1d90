import { html, raw } from "hono/html";
import type { SandboxCredentials } from "../demo-credentials.ts";
import { EVENT_TYPES } from "../webhooks/event-types.ts";
import { type ActivityView, activity } from "./activity.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";

export interface HomeView extends ActivityView {
  /** Where this page was found, without a slash at the end. */
  url: string;
  credentials: SandboxCredentials;
  counts: { products: number; orders: number; customers: number };
  /** Allows this page's own style and script, and nothing else (Content-Security-Policy). */
  nonce: string;
}

const curl = (command: string) =>
  html`<div class="curl"><pre tabindex="0">${command}</pre><button class="copy" type="button" aria-label="Copy this command">Copy</button></div>`;

/** The page at `/`: what this is, how to get in, and what is going on. */
export function homePage({ url, credentials, counts, nonce, ...view }: HomeView) {
  const bearer = `-H 'authorization: Bearer ${credentials.bearerToken}'`;
  const json = `-H 'content-type: application/json'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Khotan sandbox</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${raw(PAGE_STYLE)}</style>
</head>
<body>
<main>
<header>
  <div>
    <h1>Khotan sandbox</h1>
    <p>A small store with a real API, here to be integrated with. Its data is invented, the same on every start, and
    yours to break: what you change in the store is gone when it restarts.</p>
  </div>
</header>

<section>
  <div class="head"><h2>Make something happen</h2><p>It changes the store, so a webhook goes out and the next read shows it.</p></div>
  <div class="body">
    <div class="emit">
      <button class="primary" id="emit" type="button" data-token="${credentials.bearerToken}">Emit order.created</button>
      <select id="type" aria-label="Event type">${EVENT_TYPES.map(
        (type) => html`<option value="${type}"${type === "order.created" ? raw(" selected") : ""}>${type}</option>`,
      )}</select>
      <div role="status" id="result"></div>
    </div>
    ${curl(`curl -X POST ${url}/emit ${json} -d '{"type":"order.created","count":3}'`)}
  </div>
</section>

<div id="live">${activity(view)}</div>

<section>
  <div class="head"><h2>Three doors</h2><p>Each opens everything. The credentials are public: they guard nothing real.</p></div>
  <div class="body">
    <div class="door"><h3>Bearer token</h3>${curl(`curl ${url}/products ${bearer}`)}</div>
    <div class="door"><h3>API key</h3>${curl(`curl ${url}/orders -H 'x-api-key: ${credentials.apiKey}'`)}${curl(`curl '${url}/orders?api_key=${credentials.apiKey}'`)}</div>
    <div class="door"><h3>OAuth 2 client credentials</h3>${curl(
      `curl ${url}/oauth/token -d grant_type=client_credentials \\\n  -d client_id=${credentials.clientId} -d client_secret=${credentials.clientSecret}`,
    )}</div>
  </div>
</section>

<section>
  <div class="head"><h2>What is in it</h2><p>Also <code>?updatedSince=</code>, <code>?includeDeleted=true</code>, ETag with If-Match, and Idempotency-Key.</p></div>
  <div class="scroll"><table>
    <thead><tr><th>Path</th><th>Records</th><th>Paging</th></tr></thead>
    <tbody>
      <tr><td class="now"><code>/products</code></td><td class="now">${counts.products}</td><td class="wide">offset: <code>?offset=20&amp;limit=20</code>, with <code>total</code></td></tr>
      <tr><td class="now"><code>/orders</code></td><td class="now">${counts.orders}</td><td class="wide">cursor: <code>?cursor=</code> from <code>next_cursor</code>, or <code>?starting_after=</code> an id</td></tr>
      <tr><td class="now"><code>/customers</code></td><td class="now">${counts.customers}</td><td class="wide">Link header: <code>?page=2&amp;per_page=20</code>, follow <code>rel="next"</code></td></tr>
    </tbody>
  </table></div>
</section>

<section>
  <div class="head"><h2>Webhooks and misbehaviour</h2></div>
  <div class="body">
    <p>Subscribe; the answer holds the signing secret, once. Deliveries and their failures are kept at <code>/webhooks/{id}/deliveries</code>.</p>
    ${curl(`curl -X POST ${url}/webhooks ${bearer} ${json} \\\n  -d '{"url":"http://127.0.0.1:9000/hook","events":["order.*"]}'`)}
    <p>Make the next two reads of orders fail, then go back to normal. Only from this machine.</p>
    ${curl(`curl -X POST ${url}/_control ${json} \\\n  -d '{"failNext":{"count":2,"status":503,"path":"/orders"}}'\ncurl -X DELETE ${url}/_control`)}
  </div>
</section>
</main>
<script nonce="${nonce}">${raw(PAGE_SCRIPT)}</script>
</body>
</html>`;
}
