import { catchEvent, none, plug } from "../../src/engine/index.ts";

/** What a forked worker and its test both register. `told` hears of runs that wait to be cancelled. */
export function workPlugs(told: (message: WorkMessage) => void = () => undefined) {
  return [
    {
      plug: plug({ name: "work", baseUrl: "https://work.example", auth: none() }),
      catches: [
        catchEvent({ name: "quick", events: ["quick"], run: async () => undefined }),
        catchEvent({
          name: "patient",
          events: ["patient"],
          async run(ctx) {
            told({ kind: "running", runId: ctx.runId, at: Date.now() });
            await new Promise((resolve) => ctx.signal.addEventListener("abort", resolve, { once: true }));
            told({ kind: "aborted", runId: ctx.runId, at: Date.now() });
            ctx.signal.throwIfAborted();
          },
        }),
      ],
    },
  ];
}

/** `at` is epoch milliseconds. */
export interface WorkMessage {
  readonly kind: "ready" | "running" | "aborted";
  readonly runId: string;
  readonly at: number;
}
