import type { RecordedExchange } from "../plugs/index.ts";
import type { ConnectionSecrets } from "./connection-secrets.ts";

/** An exchange on its way to the database. */
export interface WaitingExchange {
  readonly id: string;
  /** Counts up; tells what was there before a certain moment. */
  readonly seq: number;
  readonly exchange: RecordedExchange;
  /** Asked for when it is stored: by then a token that this very call fetched is known. */
  readonly secrets: () => ConnectionSecrets;
}

export interface BufferLimits {
  readonly maxItems: number;
  readonly maxBytes: number;
}

export type Admission = "kept" | "without_bodies" | "refused";

/** Headers, URL and the rest of an exchange, roughly. */
const OVERHEAD_BYTES = 2_048;
const SAMPLE_EVERY = 10;

/**
 * Exchanges that wait to be stored, bounded in number and in bytes. The fuller it is, the less it takes:
 * from half full on no bodies, from three quarters on every tenth and all that failed, when full nothing.
 */
export class ExchangeBuffer {
  readonly #limits: BufferLimits;
  #waiting: WaitingExchange[] = [];
  #bytes = 0;
  #sampled = 0;

  constructor(limits: BufferLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#waiting.length;
  }

  push(item: WaitingExchange): Admission {
    const fullness = Math.max(this.#waiting.length / this.#limits.maxItems, this.#bytes / this.#limits.maxBytes);
    if (fullness >= 1) return "refused";
    if (fullness >= 0.75 && !hasFailed(item.exchange) && this.#sampled++ % SAMPLE_EVERY !== 0) return "refused";
    const bare = fullness >= 0.5 && hasBodies(item.exchange);
    this.#add(bare ? { ...item, exchange: withoutBodies(item.exchange) } : item);
    return bare ? "without_bodies" : "kept";
  }

  /** Take the oldest, up to these limits; at least one when there is one. */
  take(limits: BufferLimits): WaitingExchange[] {
    let bytes = 0;
    let count = 0;
    for (const item of this.#waiting) {
      bytes += bytesOf(item);
      if (count > 0 && (count >= limits.maxItems || bytes > limits.maxBytes)) break;
      count++;
    }
    const taken = this.#waiting.splice(0, count);
    for (const item of taken) this.#bytes -= bytesOf(item);
    return taken;
  }

  /** They could not be stored now: they are the next again. */
  putBack(items: readonly WaitingExchange[]): void {
    this.#waiting = [...items, ...this.#waiting];
    for (const item of items) this.#bytes += bytesOf(item);
  }

  #add(item: WaitingExchange): void {
    this.#waiting.push(item);
    this.#bytes += bytesOf(item);
  }
}

const bytesOf = ({ exchange }: WaitingExchange): number =>
  OVERHEAD_BYTES + (exchange.requestBody?.text?.length ?? 0) + (exchange.responseBody?.text?.length ?? 0);

export const hasFailed = (exchange: RecordedExchange): boolean =>
  exchange.error !== null || exchange.status === null || exchange.status >= 400;

const hasBodies = ({ requestBody, responseBody }: RecordedExchange): boolean =>
  Boolean(requestBody?.text) || Boolean(responseBody?.text);

function withoutBodies(exchange: RecordedExchange): RecordedExchange {
  const bare = (body: RecordedExchange["requestBody"]) =>
    body?.text ? { ...body, text: null, truncated: true } : body;
  return { ...exchange, requestBody: bare(exchange.requestBody), responseBody: bare(exchange.responseBody) };
}
