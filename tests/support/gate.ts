export interface Gate<T> {
  readonly opened: Promise<T>;
  open(value: T): void;
}

/** Something one side waits for and the other says when. */
export function createGate<T = void>(): Gate<T> {
  let open: (value: T) => void = () => undefined;
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
