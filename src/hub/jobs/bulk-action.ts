import type { Client, InputFor, ResultFor } from "../../client/index.ts";

type Body<N extends "retryRuns" | "cancelRuns" | "retryDeliveries" | "replayEvents"> = Omit<
  NonNullable<InputFor<N>["body"]>,
  "dryRun"
>;

/** Something that can be done to many rows, chosen by id or by the list's own filter. */
export type BulkAction =
  | { readonly name: "retryRuns"; readonly body: Body<"retryRuns"> }
  | { readonly name: "cancelRuns"; readonly body: Body<"cancelRuns"> }
  | { readonly name: "retryDeliveries"; readonly body: Body<"retryDeliveries"> }
  | { readonly name: "replayEvents"; readonly body: Body<"replayEvents"> };

export type StartedBulk = ResultFor<"retryRuns">;

interface BulkOptions {
  /** Only count. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
  readonly idempotencyKey?: string;
}

/** Ask the server to do it, or how many rows it would go through. */
export function startBulk(
  client: Client,
  action: BulkAction,
  { dryRun, ...options }: BulkOptions,
): Promise<StartedBulk> {
  switch (action.name) {
    case "retryRuns":
      return client.retryRuns({ body: { ...action.body, dryRun }, ...options });
    case "cancelRuns":
      return client.cancelRuns({ body: { ...action.body, dryRun }, ...options });
    case "retryDeliveries":
      return client.retryDeliveries({ body: { ...action.body, dryRun }, ...options });
    case "replayEvents":
      return client.replayEvents({ body: { ...action.body, dryRun }, ...options });
  }
}
