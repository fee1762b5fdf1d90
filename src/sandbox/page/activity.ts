import { html } from "hono/html";
import type { BoardMessage } from "../http/message-board.ts";
import type { WebhookDelivery } from "../webhooks/delivery-log.ts";
import type { Subscription } from "../webhooks/subscriptions.ts";

export interface ActivityView {
  subscriptions: readonly Subscription[];
  deliveries: readonly WebhookDelivery[];
  messages: readonly BoardMessage[];
}

/** Without its query, which often holds a secret. */
function safeUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search ? "?…" : ""}`;
}

const time = (iso: string) => html`<time datetime="${iso}" title="${iso}">${iso.slice(11, 19)}</time>`;

function outcome(delivery: WebhookDelivery) {
  const last = delivery.attempts.at(-1);
  if (delivery.status === "delivered")
    return html`<span class="delivered">delivered</span> <span class="why">${last?.status} in ${last?.durationMs} ms</span>`;
  const why = last ? html` <span class="why">${last.status ?? ""} ${last.error ?? ""}</span>` : "";
  if (delivery.status === "failed") return html`<span class="failed">failed</span>${why}`;
  return last
    ? html`<span class="retry">will be tried again</span>${why}`
    : html`<span class="pending">on its way</span>`;
}

const deliveryRow = (delivery: WebhookDelivery) => html`<tr>
  <td class="now">${time(delivery.createdAt)}</td>
  <td class="now"><code>${delivery.event.type}</code></td>
  <td class="wide">${outcome(delivery)}</td>
  <td class="now extra"><code>${delivery.event.data.id}</code></td>
  <td class="now extra">${delivery.attempts.length}</td>
</tr>`;

const subscriptionRow = (subscription: Subscription) => html`<tr>
  <td class="wide"><code>${safeUrl(subscription.url)}</code></td>
  <td class="wide"><code>${subscription.events.join(", ")}</code></td>
  <td class="now extra"><code>${subscription.id}</code></td>
</tr>`;

const messageRow = (message: BoardMessage) => html`<tr>
  <td class="now">${time(message.createdAt)}</td>
  <td class="now">${message.from}</td>
  <td class="wide">${message.text}</td>
</tr>`;

/** The part of the page that changes: who is subscribed, what was sent, what was written on the board. */
export function activity({ subscriptions, deliveries, messages }: ActivityView) {
  return html`<section>
  <div class="head"><h2>Last deliveries</h2><p>Signed by Standard Webhooks; one that fails is tried again.</p></div>
  ${
    deliveries.length === 0
      ? html`<p class="empty">Nothing was sent yet. Subscribe below, then emit an event.</p>`
      : html`<div class="scroll"><table>
    <thead><tr><th>Time (UTC)</th><th>Event</th><th>Outcome</th><th class="extra">About</th><th class="extra">Attempts</th></tr></thead>
    <tbody>${deliveries.map(deliveryRow)}</tbody></table></div>`
  }
</section>
<section>
  <div class="head"><h2>Subscriptions</h2><p>${subscriptions.length === 0 ? "none" : subscriptions.length}</p></div>
  ${
    subscriptions.length === 0
      ? html`<p class="empty">Nobody listens. Connect the sandbox plug in the Hub, or subscribe with the line below.</p>`
      : html`<div class="scroll"><table>
    <thead><tr><th>URL</th><th>Events</th><th class="extra">Id</th></tr></thead>
    <tbody>${subscriptions.map(subscriptionRow)}</tbody></table></div>`
  }
</section>
${
  messages.length === 0
    ? ""
    : html`<section>
  <div class="head"><h2>Message board</h2><p>What clients wrote with <code>POST /messages</code>.</p></div>
  <div class="scroll"><table>
    <thead><tr><th>Time (UTC)</th><th>From</th><th>Text</th></tr></thead>
    <tbody>${messages.map(messageRow)}</tbody></table></div>
</section>`
}`;
}
