import { Hono } from "hono";
import { z } from "zod";
import { jsonBody, parsed } from "./api-problem.ts";
import type { SandboxEnv } from "./sandbox-env.ts";

const messageBody = z.strictObject({
  text: z.string().min(1).max(1_000),
  from: z.string().min(1).max(80).default("anonymous"),
});

export interface BoardMessage {
  id: string;
  text: string;
  from: string;
  createdAt: string;
}

export interface MessageBoard {
  routes: Hono<SandboxEnv>;
  /** Newest first. */
  messages(): readonly BoardMessage[];
}

const MAX_MESSAGES = 200;

/** `POST /messages { text, from? }`: somewhere for a pass to write to and be seen. It makes no event, so nothing echoes. */
export function createMessageBoard(options: { now: () => Date; onChange: () => void }): MessageBoard {
  const kept: BoardMessage[] = [];
  let count = 0;
  const routes = new Hono<SandboxEnv>();
  routes.get("/", (c) => c.json({ data: kept }));
  routes.post("/", (c) => {
    const { text, from } = parsed(messageBody, jsonBody(c));
    count += 1;
    const message = {
      id: `note_${String(count).padStart(6, "0")}`,
      text,
      from,
      createdAt: options.now().toISOString(),
    };
    kept.unshift(message);
    if (kept.length > MAX_MESSAGES) kept.pop();
    options.onChange();
    return c.json(message, 201);
  });
  return { routes, messages: () => kept };
}
