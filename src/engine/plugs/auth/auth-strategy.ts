import type { LogLevel } from "../../../contract/index.ts";
import type { VarPatch, VarRecord, VarValue } from "../vars/var-definition.ts";

/** The request as it will go out, for strategies that sign it. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: URL;
  /** Names are lower-case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact body; `null` when there is none, `undefined` when it is a stream or multipart and cannot be known. */
  readonly body: string | Uint8Array | null | undefined;
}

/** What a strategy puts on a request. */
export interface AuthAdditions {
  /** Default: all of it counts as secret in errors and exchanges. `false`: it proves only this one request, as a signature does. */
  readonly conceal?: false;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** A call that carries no credentials of the plug, for fetching tokens. */
export interface TokenRequest {
  /** Absolute, or a path on the plug's base URL. */
  readonly url: string;
  /** Default POST. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The address is written in code, so that it may be in a private network. Default: only the plug's own constant base URL. */
  readonly trusted?: boolean;
  /** Goes on to its end (20 s) when the call that wants it is cancelled: what it brings may be had only once. */
  readonly detached?: boolean;
}

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown;
}

/** How stored credentials are replaced by new ones. */
export interface Renewal {
  /** Are these good, so that nothing is to be done? Asked again whenever somebody else may have renewed them. */
  isDone(vars: VarRecord): boolean;
  /** Get new ones for these. Runs to its end, also when the call that began it is cancelled. */
  renew(vars: VarRecord): Promise<VarPatch>;
}

/** What a strategy may use: one object per call, the same for all its attempts. */
export interface AuthContext {
  readonly plug: string;
  readonly tenant: string;
  readonly vars: VarRecord;
  /** Store variables; keys that start with `_` are hidden and need no declaration. Later requests see them at once. */
  setVars(patch: VarPatch): Promise<void>;
  /**
   * Replace stored credentials, with nobody else doing the same: in the hub over all processes, elsewhere among the calls
   * of one binding. Whoever comes second waits, and uses what the first one got.
   */
  renewVars(renewal: Renewal): Promise<void>;
  /** Send a request without the plug's own credentials. Redirects are not followed. */
  fetch(request: TokenRequest): Promise<TokenAnswer>;
  readonly signal: AbortSignal | undefined;
  log(level: LogLevel, message: string): void;
  /** Milliseconds since the epoch. */
  now(): number;
}

/**
 * How a plug proves who it is. Made by `bearer`, `basic`, `apiKey`, `custom`, `hmacSigned`, `tokenExchange`, `oauth2`,
 * `none`.
 * `Key` are the variables it reads by `fromVar`; `plug()` refuses keys that it does not declare.
 */
export interface AuthStrategy<Key extends string = string> {
  readonly kind: string;
  /** Variables that must be declared. */
  readonly needs: readonly Key[];
  /** Called for each request, after hooks, when method, URL, headers and body are final. */
  apply(request: OutgoingRequest, context: AuthContext): AuthAdditions | Promise<AuthAdditions>;
  /** Called once per call after a 401. `true`: credentials are new, send the request once more. */
  onUnauthorized?(context: AuthContext, answer: TokenAnswer): boolean | Promise<boolean>;
}

/** What `bearer` and others take for `onUnauthorized`. */
export interface ReauthOptions {
  /**
   * Called once per call after a 401, before the error. Renew the credential (e.g. by `context.setVars`) and return
   * `true`, or nothing, to have the request sent once more; `false` lets the 401 stand.
   */
  readonly onUnauthorized?: (
    context: AuthContext,
    answer: TokenAnswer,
  ) => boolean | undefined | Promise<boolean | undefined>;
}

export type MaybeSecret = VarValue | null | undefined;

/** Build the seam of a strategy from the user's function; absent when there is none. */
export function reauth(options: ReauthOptions | undefined): Pick<AuthStrategy, "onUnauthorized"> {
  const renew = options?.onUnauthorized;
  return renew ? { onUnauthorized: async (context, answer) => (await renew(context, answer)) !== false } : {};
}
