/** The signals that graphile-worker takes over. */
const SIGNALS = ["SIGUSR2", "SIGINT", "SIGPIPE", "SIGTERM", "SIGHUP", "SIGABRT"] as const;

/**
 * Runs something and takes away the signal handlers it installed. A graphile-worker runner that is started without
 * `noHandleSignals`, as Workflow's Postgres world does, ends the process on its own five seconds after a signal;
 * stopping in order is the server's job.
 */
export const keepSignalHandlers = async <T>(work: () => Promise<T>): Promise<T> => {
  const before = new Map(SIGNALS.map((signal) => [signal, new Set(process.listeners(signal))]));
  try {
    return await work();
  } finally {
    for (const [signal, known] of before)
      for (const listener of process.listeners(signal))
        if (!known.has(listener)) process.removeListener(signal, listener);
  }
};
