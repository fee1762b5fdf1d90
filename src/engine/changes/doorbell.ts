/** Wakes whoever waits, as often as it is rung in between: one wake for many rings. */
export interface Doorbell {
  ring(): void;
  /** Resolves when it is or was rung since the last wait, when the time is over, or when the signal fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const nobody = () => undefined;

/** @example const bell = createDoorbell(); listener.on(bell.ring); await bell.wait(5_000, signal); */
export function createDoorbell(): Doorbell {
  let rung = false;
  let wake: () => void = nobody;
  return {
    ring() {
      rung = true;
      wake();
    },
    async wait(ms, signal) {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = () => {
            clearTimeout(timer);
            signal.removeEventListener("abort", wake);
            resolve();
          };
          const timer = setTimeout(wake, ms).unref();
          signal.addEventListener("abort", wake);
        });
        wake = nobody;
      }
      rung = false;
    },
  };
}
