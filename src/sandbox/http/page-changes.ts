import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { SandboxEnv } from "./sandbox-env.ts";

export interface PageChanges {
  routes: Hono<SandboxEnv>;
  /** Tells every open page that something is new; many calls in a short time are one message. */
  notify(): void;
  close(): void;
}

const COALESCE_MS = 100;
const KEEP_ALIVE_MS = 20_000;
const MAX_PAGES = 50;

/** `GET /_page/changes`: a stream of `change` events without content; the page then fetches what it shows. */
export function createPageChanges(): PageChanges {
  const pages = new Set<{ send(event: string): void; end(): void }>();
  let timer: NodeJS.Timeout | undefined;

  const routes = new Hono<SandboxEnv>().get("/", (c) =>
    streamSSE(c, async (stream) => {
      if (pages.size >= MAX_PAGES) return;
      let end = () => {};
      const gone = new Promise<void>((resolve) => {
        end = resolve;
      });
      const page = { send: (event: string) => void stream.writeSSE({ event, data: "" }), end: () => end() };
      pages.add(page);
      stream.onAbort(page.end);
      page.send("ready");
      const keepAlive = setInterval(() => page.send("still-here"), KEEP_ALIVE_MS);
      await gone;
      clearInterval(keepAlive);
      pages.delete(page);
    }),
  );

  return {
    routes,
    notify() {
      if (pages.size === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const page of pages) page.send("change");
      }, COALESCE_MS);
    },
    close() {
      clearTimeout(timer);
      for (const page of pages) page.end();
    },
  };
}
