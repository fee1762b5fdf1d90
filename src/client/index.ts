/** Typed client of `/api/khotan`, used by the Hub, the CLI, tests and customers' scripts. */
export { type BuiltRequest, buildRequest } from "./build-request.ts";
export type { CallInput, CallOptions, CallResult, Client, InputFor, ResultFor } from "./call.ts";
export { callByName } from "./call-by-name.ts";
export { type ClientOptions, createClient } from "./create-client.ts";
export { type FollowOptions, type FollowState, followChanges } from "./follow-changes.ts";
export { KhotanApiError } from "./khotan-api-error.ts";
export { readEventStream, type ServerSentEvent } from "./read-event-stream.ts";
export { toCurl } from "./to-curl.ts";
