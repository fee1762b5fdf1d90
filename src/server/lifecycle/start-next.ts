import type { NodeHandler } from "../http/fast-lane.ts";

export interface RunningNext {
  readonly handler: NodeHandler;
  /** Hot reload's web socket, in development. */
  close(): Promise<void>;
}

/**
 * Loads Next into this process; `instrumentation.ts` runs before this returns. The environment must be complete by
 * now: Workflow reads its variables while it is loaded.
 */
export const startNext = async (options: { dev: boolean; dir: string; port: number }): Promise<RunningNext> => {
  const { default: next } = await import("next");
  const app = next({ ...options, hostname: "localhost", quiet: true });
  const handle = app.getRequestHandler();
  await app.prepare();
  return { handler: (request, response) => void handle(request, response), close: () => app.close() };
};
