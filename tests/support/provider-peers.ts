import type { ServerResponse } from "node:http";
import { json, localServer } from "../../src/engine/plugs/testing/local-server.ts";

/** Answers a call itself, as an unwell peer does; `false` leaves it to the peer. */
export type Fault = (url: URL, response: ServerResponse) => boolean;
const well: Fault = () => false;

export interface PeerIssue {
  readonly id: number;
  readonly updated_at: string;
}

/** As GitHub does: an ETag over what is answered, 304 when it is known, and the next page in the Link header. */
export const githubPeer = (issues: () => readonly PeerIssue[], fault: () => Fault = () => well) =>
  localServer((request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    if (fault()(url, response)) return;
    const since = url.searchParams.get("since") ?? "";
    const size = Number(url.searchParams.get("per_page"));
    const at = Number(url.searchParams.get("page") ?? 1);
    const newestFirst = url.searchParams.get("sort") === "updated";
    const all = issues().filter((one) => one.updated_at >= since);
    if (newestFirst) all.sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1));
    const items = all.slice((at - 1) * size, at * size);
    const etag = `"${items.map((one) => `${one.id}${one.updated_at}`).join()}"`;
    if (request.headers["if-none-match"] === etag) return void response.writeHead(304).end();
    url.searchParams.set("page", String(at + 1));
    json(response, 200, items, { etag, ...(at * size < all.length ? { link: `<${url.href}>; rel="next"` } : {}) });
  });

export interface PeerListed {
  readonly id: string;
  readonly created: number;
}

/** As Stripe does: newest first, `starting_after` until `has_more` is false; an object that is gone is nothing to start after. */
export const stripePeer = (list: (path: string) => readonly PeerListed[], fault: () => Fault = () => well) =>
  localServer((request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    if (fault()(url, response)) return;
    const from = Number(url.searchParams.get("created[gte]") ?? 0);
    const after = url.searchParams.get("starting_after");
    const all = list(url.pathname).filter(({ created }) => created >= from);
    const last = all.findIndex(({ id }) => id === after);
    if (after !== null && last < 0) {
      const error = { type: "invalid_request_error", code: "resource_missing", message: `No such object: '${after}'` };
      return json(response, 400, { error });
    }
    const data = all.slice(last + 1, last + 1 + Number(url.searchParams.get("limit")));
    json(response, 200, { object: "list", data, has_more: last + 1 + data.length < all.length });
  });

/** Says no `count` times, each time it is asked for what `when` says. */
export function refusing(
  when: (url: URL) => boolean,
  status: number,
  { count = Number.POSITIVE_INFINITY, headers = {} }: { count?: number; headers?: Record<string, string> } = {},
): Fault {
  let left = count;
  return (url, response) => {
    if (left <= 0 || !when(url)) return false;
    left--;
    json(response, status, { message: "not now", error: { type: "api_error", message: "not now" } }, headers);
    return true;
  };
}
