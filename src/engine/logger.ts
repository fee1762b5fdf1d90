import pino from "pino";

/** Structured log of the engine itself (not of runs). */
export interface Logger {
  debug(data: Record<string, unknown>, message: string): void;
  info(data: Record<string, unknown>, message: string): void;
  warn(data: Record<string, unknown>, message: string): void;
  error(data: Record<string, unknown>, message: string): void;
}

/** JSON lines on standard error; `KHOTAN_DEBUG=1` adds debug lines. */
export function createLogger(debug: boolean): Logger {
  return pino({ name: "khotan", level: debug ? "debug" : "info", base: null }, pino.destination({ fd: 2, sync: true }));
}
