interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (value: Out) => void;
  readonly reject: (reason: unknown) => void;
}

export interface NaturalBatchOptions<In, Out> {
  /** Does the work for all items at once; answers in the same order, one answer an item. */
  readonly run: (items: readonly In[]) => Promise<readonly Out[]>;
  /** At most this many items travel together. Default 500. */
  readonly maxItems?: number;
  /** More waiting than this is refused with `onOverload`. Default 20,000. */
  readonly maxWaiting?: number;
  readonly onOverload?: () => Error;
  /** What an item weighs, in bytes. Default: nothing. */
  readonly weigh?: (item: In) => number;
  /** Items that travel together weigh at most this much, unless it is a single one. Default 4 MiB. */
  readonly maxBytes?: number;
  /** When those that wait weigh more than this, the next one is refused with `onOverload`. Default 64 MiB. */
  readonly maxWaitingBytes?: number;
  /**
   * Whether a failed batch is worth trying item by item, so that a poison item
   * harms only itself. Default: never, since a lost connection fails them all.
   */
  readonly isolate?: (error: unknown) => boolean;
}

export interface NaturalBatch<In, Out> {
  (item: In): Promise<Out>;
  /** Whether the next item would be refused. */
  isFull(): boolean;
}

/**
 * At most one statement is under way; whatever arrives meanwhile travels in the
 * next one. No timer, so a lone item waits for nothing, and under load the
 * batches grow by themselves.
 *
 * @example const insert = naturalBatch({ run: (rows) => insertAll(rows) }); await insert(row);
 */
export function naturalBatch<In, Out>(options: NaturalBatchOptions<In, Out>): NaturalBatch<In, Out> {
  const { run, maxItems = 500, maxWaiting = 20_000, isolate = () => false } = options;
  const { weigh = () => 0, maxBytes = 4 * 1024 * 1024, maxWaitingBytes = 64 * 1024 * 1024 } = options;
  const waiting: Waiting<In, Out>[] = [];
  let waitingBytes = 0;
  let busy = false;

  const isFull = () => waiting.length >= maxWaiting || waitingBytes > maxWaitingBytes;

  /** The first ones, as many as may travel together; at least one. */
  function take(): Waiting<In, Out>[] {
    let count = 0;
    let bytes = 0;
    for (const { item } of waiting) {
      const weight = weigh(item);
      if (count > 0 && (count >= maxItems || bytes + weight > maxBytes)) break;
      count++;
      bytes += weight;
    }
    waitingBytes -= bytes;
    return waiting.splice(0, count);
  }

  async function attempt(batch: readonly Waiting<In, Out>[]): Promise<void> {
    const values = await run(batch.map((one) => one.item));
    if (values.length !== batch.length)
      throw new Error(`a batch of ${batch.length} was answered with ${values.length}`);
    values.forEach((value, index) => {
      batch[index]?.resolve(value);
    });
  }

  async function settle(batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      await attempt(batch);
    } catch (error) {
      if (batch.length > 1 && isolate(error)) for (const one of batch) await settle([one]);
      else for (const one of batch) one.reject(error);
    }
  }

  async function drain(): Promise<void> {
    busy = true;
    while (waiting.length > 0) await settle(take());
    busy = false;
  }

  const add = (item: In) =>
    new Promise<Out>((resolve, reject) => {
      if (isFull()) {
        reject(options.onOverload?.() ?? new Error("too much is waiting"));
        return;
      }
      waiting.push({ item, resolve, reject });
      waitingBytes += weigh(item);
      if (!busy) void drain();
    });
  return Object.assign(add, { isFull });
}
