/** What can be set on every scheme that signs a time. */
export interface SignatureOptions {
  /** How old or how far ahead a signed time may be, in seconds; default 300. */
  readonly toleranceSec?: number;
}
