/** The public edge of `khotan/plug`; `khotan` re-exports it. */

export type { OAuth2Options, OAuthAddress } from "../oauth/oauth-options.ts";
export { apiKey } from "./auth/api-key.ts";
export type {
  AuthAdditions,
  AuthContext,
  AuthStrategy,
  OutgoingRequest,
  ReauthOptions,
  Renewal,
  TokenAnswer,
  TokenRequest,
} from "./auth/auth-strategy.ts";
export { basic } from "./auth/basic.ts";
export { bearer } from "./auth/bearer.ts";
export type { Credential } from "./auth/credential.ts";
export { custom } from "./auth/custom.ts";
export { type FromVar, fromVar } from "./auth/from-var.ts";
export { type HmacOptions, hmacSigned, type SignedParts } from "./auth/hmac-signed.ts";
export { none } from "./auth/none.ts";
export { isOAuth2, type OAuth2Strategy, oauth2 } from "./auth/oauth2.ts";
export { type ExchangedToken, type TokenExchangeOptions, tokenExchange } from "./auth/token-exchange.ts";
export type { BatchFailure, BatchOptions, BatchReport } from "./batch-post.ts";
export type { BreakerOptions, BreakerRules } from "./breaker-rules.ts";
export { type ContractClient, createPlugClient } from "./endpoints/create-plug-client.ts";
export { defineContract, type PlugContract } from "./endpoints/define-contract.ts";
export type {
  EndpointDefinition,
  EndpointMap,
  EndpointMethod,
  ResponseCheck,
} from "./endpoints/endpoint-definition.ts";
export type { EndpointAnswer, EndpointArguments, EndpointInput, EndpointItem } from "./endpoints/endpoint-input.ts";
export { PlugAuthError } from "./errors/plug-auth-error.ts";
export { PlugConfigError } from "./errors/plug-config-error.ts";
export { type FailedRequest, PlugError } from "./errors/plug-error.ts";
export { PlugHttpError } from "./errors/plug-http-error.ts";
export { PlugNetworkError } from "./errors/plug-network-error.ts";
export { PlugSchemaError } from "./errors/plug-schema-error.ts";
export { PlugTimeoutError, TIMEOUT_PHASES, type TimeoutPhase } from "./errors/plug-timeout-error.ts";
export type { HopStart, HopWatch, TraceparentOption } from "./exchanges/hop-watch.ts";
export type { RecordedExchange } from "./exchanges/recorded-exchange.ts";
export type { AfterResponseContext, BeforeRequestContext, PlugHooks, RequestDraft } from "./hooks.ts";
export type { ArrayFormat, QueryInput } from "./http/encode-query.ts";
export type { TimeoutOptions, Timeouts } from "./http/timeouts.ts";
export type { PaginateOptions } from "./paginate.ts";
export type { ItemsAt, PageAnswer, PagePlace, PageRequest, Pagination } from "./pagination/pagination.ts";
export type { Page, PageState, Paginator, PaginatorOptions } from "./pagination/paginator.ts";
export { pagination } from "./pagination/strategies.ts";
export { plug } from "./plug.ts";
export type { PlugBinding, PlugLimiter } from "./plug-binding.ts";
export type { PlugClient } from "./plug-client.ts";
export type { PlugClock } from "./plug-clock.ts";
export type { AnyBoundPlug, AnyPlug, BoundPlug, BoundPlugOf, Plug, PlugDefinition, VarsOf } from "./plug-definition.ts";
export type { ExchangeRecording, PlugOptions, RateLimit } from "./plug-options.ts";
export type { PlugResponse, RequestOptions } from "./request-options.ts";
export type { RetryCandidate, RetryOptions } from "./retry/retry-policy.ts";
export { type CheckedVar, type VarVerdict, validateVarValue } from "./vars/validate-var-value.ts";
export {
  type VarDefinition,
  type VarField,
  type VarPatch,
  type VarRecord,
  type VarValue,
  varDefinitionSchema,
} from "./vars/var-definition.ts";
export type { VarChanges, VarValues } from "./vars/var-values.ts";
