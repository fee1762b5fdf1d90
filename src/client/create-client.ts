import type { ApiName } from "../contract/index.ts";
import { buildRequest } from "./build-request.ts";
import type { CallOptions, Client } from "./call.ts";
import { KhotanApiError, readApiError } from "./khotan-api-error.ts";
import { readEventStream } from "./read-event-stream.ts";
import { ROUTE_TABLE } from "./route-table.ts";

export interface ClientOptions {
  /** Where the API lives, without a slash at the end, e.g. `http://localhost:3000/api/khotan`. */
  readonly baseUrl: string;
  /** Defaults to the global `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Sent with every call, e.g. `{ authorization: "Bearer …" }`; a function is asked each time. */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
}

type LooseInput = CallOptions & { params?: object; query?: object; body?: unknown };

/**
 * A typed client of `/api/khotan`: one method per route of the contract.
 * Runs in browsers, Node and workers; sends cookies when the browser has them.
 *
 * @example
 * const client = createClient({ baseUrl: "http://localhost:3000/api/khotan", headers: { authorization: `Bearer ${key}` } });
 * const { items } = await client.listRuns({ query: { status: "failed" } });
 *
 * Every method throws {@link KhotanApiError}, or the signal's reason when aborted.
 */
export function createClient(options: ClientOptions): Client {
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const send = options.fetch ?? ((url, init) => fetch(url, init));

  const call = async (name: ApiName, input: LooseInput = {}): Promise<unknown> => {
    const request = buildRequest(baseUrl, name, input);
    const own = typeof options.headers === "function" ? options.headers() : options.headers;
    const headers: Record<string, string> = {
      accept: ROUTE_TABLE[name]?.[2] ?? "application/json",
      ...own,
      ...input.headers,
    };
    if (input.idempotencyKey !== undefined) headers["idempotency-key"] = input.idempotencyKey;
    const init: RequestInit = { method: request.method, headers, credentials: "same-origin" };
    if (request.body !== undefined) {
      headers["content-type"] = "application/json";
      init.body = JSON.stringify(request.body);
    }
    if (input.signal) init.signal = input.signal;
    const response = await send(request.url, init).catch((cause: unknown) => {
      if (input.signal?.aborted) throw cause;
      throw new KhotanApiError({ code: "unreachable", message: "The hub did not answer.", status: 0, cause });
    });
    if (!response.ok) throw await readApiError(response);
    return readBody(response);
  };

  const methods: Partial<Record<ApiName, (input?: LooseInput) => Promise<unknown>>> = {};
  for (const name of Object.keys(ROUTE_TABLE)) if (isApiName(name)) methods[name] = (input) => call(name, input);
  // The one boundary where the loose table becomes the typed client: both are keyed by the same contract.
  return methods as Client;
}

async function readBody(response: Response): Promise<unknown> {
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("text/event-stream")) return response.body ? readEventStream(response.body) : undefined;
  if (type.startsWith("application/octet-stream")) return new Uint8Array(await response.arrayBuffer());
  if (type.startsWith("text/")) return response.text();
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}

function isApiName(name: string): name is ApiName {
  return name in ROUTE_TABLE;
}
