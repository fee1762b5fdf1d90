/**
 * At once, then at most once per `ms`; what came in between is made up for at the end.
 *
 * @param schedule injectable for tests; returns how to cancel.
 */
export function throttle(
  run: () => void,
  ms: number,
  schedule: (fn: () => void, ms: number) => () => void = (fn, delay) => {
    const timer = setTimeout(fn, delay);
    return () => clearTimeout(timer);
  },
): { call: () => void; cancel: () => void } {
  let cancel: (() => void) | null = null;
  let again = false;
  const open = () => {
    cancel = null;
    if (!again) return;
    again = false;
    fire();
  };
  const fire = () => {
    cancel = schedule(open, ms);
    run();
  };
  return {
    call: () => {
      if (cancel) again = true;
      else fire();
    },
    cancel: () => {
      cancel?.();
      cancel = null;
      again = false;
    },
  };
}
