import type { Adapter } from "../database/adapter.ts";
import { rollMinutes } from "./roll-minutes.ts";

/** Rounds in one go while there is time to catch up on; the rest comes with the next go. */
const MAX_ROUNDS = 30;
/** Figures may cost this share of one connection's time and no more: a round of 1 s is followed by 50 s of rest. */
const REST_FACTOR = 50;

/**
 * The round that every process calls every few seconds. Rests the longer the
 * longer counting took, so that figures never compete with the work they count.
 *
 * @param now milliseconds of a clock that only goes forward.
 */
export function createRoller(adapter: Adapter, now: () => number = () => performance.now()): () => Promise<void> {
  let restUntil = Number.NEGATIVE_INFINITY;
  return async () => {
    const begun = now();
    if (begun < restUntil) return;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if ((await rollMinutes(adapter)) !== "behind") break;
    }
    restUntil = now() + (now() - begun) * REST_FACTOR;
  };
}
