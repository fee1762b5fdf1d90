/**
 * Runs `work` when asked, never twice at once; asked again meanwhile, it runs once more afterwards.
 * The first failure ends it and is handed to `onError`.
 */
export function oneAtATime(work: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let running = false;
  let again = false;
  const go = async () => {
    running = true;
    do {
      again = false;
      await work();
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else go().catch(onError);
  };
}
