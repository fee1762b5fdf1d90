import type { PlugResponse } from "./request-options.ts";
import type { VarPatch } from "./vars/var-definition.ts";

/** A request before it is authenticated. Hooks may change every field. */
export interface RequestDraft {
  method: string;
  /** Its origin must stay the base URL's. */
  url: URL;
  /** Names are lower-case. */
  headers: Record<string, string>;
  /** Not yet encoded. */
  body: unknown;
}

interface HookContext<Values> {
  readonly plug: string;
  readonly tenant: string;
  readonly vars: Values;
  /** From 1. */
  readonly attempt: number;
  /** The declared endpoint's name; `null` for a plain path. */
  readonly endpoint: string | null;
  /** Change variables: seen by this call at once, stored in one write when the attempt is over. */
  setVars(patch: VarPatch): void;
}

export interface BeforeRequestContext<Values> extends HookContext<Values> {
  readonly request: RequestDraft;
}

export interface AfterResponseContext<Values> extends HookContext<Values> {
  readonly request: Readonly<RequestDraft>;
  readonly response: PlugResponse;
  /**
   * Call this answer an error although its status says otherwise.
   *
   * @example if (response.body.ok === false) fail({ code: `slack.${response.body.error}`, message: response.body.error })
   */
  fail(failure: {
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    /** Default `false`. */
    readonly retryable?: boolean;
  }): never;
}

export interface PlugHooks<Values> {
  /** Before each attempt: change URL, headers or body. Auth comes after it, so that signatures cover the change. */
  beforeRequest?(context: BeforeRequestContext<Values>): void | Promise<void>;
  /** After each answer, also one with an error status; for streams before the body is read. Return `{ body }` to replace it. */
  // biome-ignore-start lint/suspicious/noConfusingVoidType: a hook that returns nothing is the usual one
  afterResponse?(
    context: AfterResponseContext<Values>,
  ): void | { readonly body: unknown } | Promise<void | { readonly body: unknown }>;
  // biome-ignore-end lint/suspicious/noConfusingVoidType: see above
}
