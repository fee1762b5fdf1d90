import { type Client, createClient } from "../client/index.ts";
import { readAppEnvironment } from "./app-environment.ts";
import { usageError } from "./cli-error.ts";
import { loginFile, readLogin } from "./saved-login.ts";
import type { Terminal } from "./terminal.ts";

export const DEFAULT_URL = "http://localhost:3000/api/khotan";

/** Options that every command takes. */
export interface HubOptions {
  readonly url?: string;
  readonly key?: string;
  readonly tenant?: string;
  readonly json?: boolean;
}

export interface Connection {
  readonly client: Client;
  /** The API's address, without a slash at the end. */
  readonly url: string;
  readonly key: string | undefined;
}

/**
 * Flags win over the environment, the environment over the `.env.local` and `.env` of the app in this folder, and those
 * over `khotan login`.
 */
export async function connect(options: HubOptions, terminal: Terminal): Promise<Connection> {
  const login = await readLogin(loginFile(terminal));
  const app = await readAppEnvironment(terminal.cwd);
  const known =
    (terminal.env.KHOTAN_URL || undefined) ?? app.KHOTAN_URL ?? (app.KHOTAN_API_KEY ? undefined : login?.url);
  const url = apiUrl(options.url ?? known ?? DEFAULT_URL);
  const given = options.key ?? (terminal.env.KHOTAN_API_KEY || undefined);
  // A saved key goes only to the hub it was saved for, and an app's only to that app: here, or where it says it is.
  const saved = login?.url === url ? login.key : undefined;
  const isApp = isLoopback(url) || (app.KHOTAN_URL !== undefined && apiUrl(app.KHOTAN_URL) === url);
  const key = given ?? saved ?? (isApp ? app.KHOTAN_API_KEY : undefined);
  const client = createClient({ baseUrl: url, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
  return { client, url, key };
}

const isLoopback = (url: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);

/**
 * The API below a hub's address: `https://hub.example` means `https://hub.example/api/khotan`.
 *
 * @throws CliError when it is no http(s) address
 */
export function apiUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw usageError(`"${text}" is not the address of a hub.`, `For example ${DEFAULT_URL}`);
  const path = url.pathname.replace(/\/+$/, "");
  return url.origin + (path === "" ? "/api/khotan" : path);
}
