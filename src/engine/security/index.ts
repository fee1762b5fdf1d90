/** Secrets, signatures, handshakes, redaction and the network guard. Knows no database and no HTTP framework. */
export { equalInConstantTime } from "./constant-time.ts";
export { failureFingerprint } from "./fingerprint.ts";
export * from "./handshakes/index.ts";
export {
  type AllowedNetworks,
  type ConnectorOptions,
  createNetworkGuard,
  NetworkBlockedError,
  type NetworkGuard,
  type NetworkGuardOptions,
  parseAllowedNetworks,
  type Resolver,
} from "./network-guard.ts";
export {
  createRedactor,
  type HeaderRecord,
  REDACTED,
  type Redacted,
  type RedactJsonOptions,
  type Redactor,
  redactHeaders,
  redactJson,
  redactText,
  redactUrl,
} from "./redaction.ts";
export {
  createSecretBox,
  type Envelope,
  envelopeSchema,
  type SecretBox,
  type SecretBoxOptions,
  SecretBoxTamperedError,
  SecretKeyMissingError,
  SecretTooShortError,
} from "./secret-box.ts";
export * from "./signatures/index.ts";
