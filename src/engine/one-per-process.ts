import type { Khotan } from "./factory.ts";

interface Slot {
  /** What everybody holds, whichever instance is behind it. */
  readonly facade: Khotan;
  current: Khotan;
  started: boolean;
}

const KEY = Symbol.for("khotan.onePerProcess");

function slots(): Map<string, Slot> {
  const holder: typeof globalThis & { [KEY]?: Map<string, Slot> } = globalThis;
  holder[KEY] ??= new Map();
  return holder[KEY];
}

/**
 * Next evaluates an app's modules once for `instrumentation.ts` and once for its
 * routes, and in development again after each change. Without this, everything
 * would run double: two queue workers, two listeners, twice the connections.
 *
 * In production the first instance serves all. In development the newest takes
 * over, so that an edited handler is the one that runs. Elsewhere (tests,
 * scripts) every call makes an instance of its own.
 *
 * @param key what makes two registrations the same hub.
 */
export function onePerProcess(
  key: string,
  build: () => Khotan,
  mode: string | undefined = process.env.NODE_ENV,
): Khotan {
  if (mode !== "production" && mode !== "development") return build();
  const known = slots().get(key);
  if (!known) return occupy(key, build());
  if (mode === "development") takeOver(known, build());
  return known.facade;
}

function occupy(key: string, first: Khotan): Khotan {
  const slot: Slot = {
    current: first,
    started: false,
    facade: {
      handler: (request) => slot.current.handler(request),
      answer: (request, host) => slot.current.answer(request, host),
      webhook: (request, send) => slot.current.webhook(request, send),
      flow: (name, which) => slot.current.flow(name, which),
      mapping: (resource, options) => slot.current.mapping(resource, options),
      fieldMapping: (mapping, options) => slot.current.fieldMapping(mapping, options),
      cache: (cache, options) => slot.current.cache(cache, options),
      ready: () => slot.current.ready(),
      start: async () => {
        slot.started = true;
        await slot.current.start();
      },
      stop: async () => {
        slot.started = false;
        await slot.current.stop();
      },
    },
  };
  slots().set(key, slot);
  return slot.facade;
}

/** The old one finishes what it is doing; the new one waits for it, so that never two handle at once. */
function takeOver(slot: Slot, next: Khotan): void {
  const old = slot.current;
  const wasStarted = slot.started;
  slot.current = next;
  void old
    .stop()
    .catch(() => undefined)
    .then(() => (wasStarted && slot.current === next ? next.start() : undefined))
    .catch(() => undefined); // it is tried again by the next request, which waits for `ready`
}
