import { z } from "zod";

/** A small HTTP client for the tests: with the API key unless a call brings its own headers. */
export function sandboxClient(url: string) {
  const call = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, url), { ...init, headers: { "x-api-key": "sandbox-key", ...init.headers } });
  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    call(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } });
  return {
    url,
    call,
    send,
    /** GETs and checks the answer's shape. */
    async read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
      return schema.parse(await (await call(path)).json());
    },
    control: (body: unknown) => send("POST", "/_control", body),
  };
}
export type SandboxClient = ReturnType<typeof sandboxClient>;

export const record = z.looseObject({ id: z.string(), updatedAt: z.string(), version: z.int() });
export const offsetList = z.object({ data: z.array(record), total: z.int(), offset: z.int(), limit: z.int() });
export const cursorList = z.object({
  data: z.array(record),
  has_more: z.boolean(),
  next_cursor: z.string().nullable(),
});
export const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export const delivery = z.looseObject({
  id: z.string(),
  messageId: z.string(),
  type: z.string(),
  status: z.enum(["pending", "delivered", "failed"]),
  attempts: z.array(z.object({ status: z.int().nullable(), error: z.string().nullable() })),
  redeliveryOf: z.string().nullable(),
});
export const deliveryList = z.object({ data: z.array(delivery), has_more: z.boolean() });
export const newWebhook = z.object({ id: z.string(), secret: z.string().startsWith("whsec_") });

export const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);
