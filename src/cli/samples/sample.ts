/** A webhook as a provider sends it, before it is signed. */
export interface Sample {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** How a provider's samples are made and signed. Each call makes new ids, so that nothing counts as a repeat. */
export interface SampleProvider {
  readonly label: string;
  /** Where the signature is described. */
  readonly sourceUrl: string;
  readonly events: Readonly<Record<string, (made: MadeUp) => Sample>>;
  /** Headers that sign these very bytes. */
  sign(body: Uint8Array, secret: string, made: MadeUp): Record<string, string>;
}

/** What differs from sample to sample. */
export interface MadeUp {
  /** 32 hex digits. */
  readonly id: string;
  readonly at: Date;
}
