/** A request as it came: what a signature or a handshake may be judged by. */
export interface SignatureInput {
  readonly method: string;
  /** The public URL that the provider called, with its query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as they came; never re-serialised JSON. */
  readonly body: Uint8Array;
}
