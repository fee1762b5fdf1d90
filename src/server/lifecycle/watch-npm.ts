import { readFileSync } from "node:fs";

const EVERY_MS = 1_000;

/**
 * Notices the end of the `npm start` we run under. Killed with -9 it passes no signal on, and we would be left alone,
 * holding the port. Does nothing when we were not started by npm.
 */
export const watchNpm = (gone: () => void): void => {
  if (!process.env.npm_lifecycle_event) return;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    gone();
  }, EVERY_MS);
  timer.unref();
};

/** Our parent, and the parent's parent when the first is the shell that npm runs scripts in (Linux; elsewhere shells step aside). */
const ancestors = (): string => {
  const parent = process.ppid;
  try {
    const [, name, , grandparent] = /^\d+ \((.*)\) (\S) (\d+)/.exec(readFileSync(`/proc/${parent}/stat`, "utf8")) ?? [];
    return /^(sh|dash|bash|ash|busybox)$/.test(name ?? "") ? `${parent} ${grandparent}` : String(parent);
  } catch {
    return String(parent);
  }
};
