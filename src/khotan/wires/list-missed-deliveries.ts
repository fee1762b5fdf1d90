import { createPlugClient, type MissedEvent, type WireContext } from "khotan";
import { githubContract } from "../plugs/github/github-contract.ts";
import { githubHook, githubHookDelivery } from "../plugs/github/github-records.ts";

/**
 * What GitHub could not deliver to our webhook; it tries once only and keeps its
 * log for three days. All attempts at one event share a `guid`: it is missing when none of them
 * was answered with 2xx.
 *
 * Sources: https://docs.github.com/rest/repos/webhooks,
 * https://docs.github.com/webhooks/using-webhooks/handling-failed-webhook-deliveries
 *
 * @throws Error when the webhook is not there.
 */
export async function* listMissedDeliveries(
  ctx: WireContext,
  since: Date,
): AsyncGenerator<MissedEvent, void, undefined> {
  const github = createPlugClient(githubContract, ctx.plug);
  const source = String(ctx.wireVars.source ?? "");
  const [owner = "", repo] = source.split("/");
  const query = { per_page: 100 };
  const hook_id = await findHook();
  const missing = new Map<string, number>();
  const taken = new Set<string>();
  const deliveries = repo
    ? ctx.plug.paginate("/repos/:owner/:repo/hooks/:hook_id/deliveries", { params: { owner, repo, hook_id }, query })
    : ctx.plug.paginate("/orgs/:owner/hooks/:hook_id/deliveries", { params: { owner, hook_id }, query });
  for await (const item of deliveries) {
    const { id, guid, status_code, delivered_at } = githubHookDelivery.parse(item);
    if (new Date(delivered_at) < since) break; // newest first
    if (status_code >= 200 && status_code < 300) taken.add(guid);
    else missing.set(guid, id); // the last one set is the oldest attempt
  }
  for (const [guid, delivery_id] of [...missing].reverse()) {
    if (taken.has(guid)) continue;
    const { body } = repo
      ? await github.getHookDelivery({ params: { owner, repo, hook_id, delivery_id } })
      : await github.getOrgHookDelivery({ params: { org: owner, hook_id, delivery_id } });
    // Headers name the event and its guid; the payload comes parsed, so the signature would not fit any more.
    const headers = { "x-github-event": body.event, "x-github-delivery": body.guid };
    yield { headers, body: body.request.payload, occurredAt: new Date(body.delivered_at) };
  }

  async function findHook(): Promise<number> {
    const hooks = repo
      ? ctx.plug.paginate("/repos/:owner/:repo/hooks", { params: { owner, repo }, query })
      : ctx.plug.paginate("/orgs/:owner/hooks", { params: { owner }, query });
    for await (const item of hooks) {
      const { id, config } = githubHook.parse(item);
      if (config.url === ctx.callbackUrl) return id;
    }
    throw new Error(`${source} has no webhook that calls ${ctx.callbackUrl}, or the token may not see it.`);
  }
}
