import type { Host } from "../engine/http/host.ts";
import type { TakePlainWebhook } from "../engine/http/plain-webhook.ts";
import { processSingleton } from "./process-singleton.ts";

/** What the server needs of a Khotan instance; the factory returns more. */
export interface HubInstance {
  handler(request: Request): Promise<Response>;
  /** The same for a host that can do something better than a `Response`. */
  answer?(request: Request, host: Host): Promise<Response>;
  /** The same for a webhook that is not a `Request` yet; `null` when it has to become one. */
  webhook?: TakePlainWebhook;
  /** Migrated and registered; rejects when that failed. */
  ready(): Promise<void>;
  /** Starts the workers. */
  start(): Promise<void>;
  /** Ends streams, lets workers finish or gives their work back. */
  stop(): Promise<void>;
}

const KEY = Symbol.for("khotan.instance");
// A symbol-keyed global cannot be declared; only this module reads and writes it.
const holder = globalThis as { [KEY]?: HubInstance };

/** The instance of this process, once it is ready; Next's bundles and our server share it. */
export const hubInstance = (): HubInstance | undefined => holder[KEY];

export const setHubInstance = (instance: HubInstance): void => {
  holder[KEY] = instance;
};

/**
 * How the registration by `instrumentation.ts` went. Next starts that in the background and only prints its failure;
 * our server waits here and stops instead.
 */
export const registration = (): Registration =>
  processSingleton("khotan.registration", () => {
    let succeed: () => void = () => undefined;
    let fail: (reason: unknown) => void = () => undefined;
    const done = new Promise<void>((resolve, reject) => {
      succeed = resolve;
      fail = reject;
    });
    // Whoever waits sees the failure; under plain `next start` nobody does.
    done.catch(() => undefined);
    return { done, succeed, fail };
  });

interface Registration {
  readonly done: Promise<void>;
  succeed(): void;
  fail(reason: unknown): void;
}
