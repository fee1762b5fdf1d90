import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { isEventPattern } from "./event-types.ts";

export const subscriptionCreate = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .refine((url) => !/^[a-z]+:\/\/[^/?#]*@/i.test(url), "No user or password in the URL"),
  /** Event types, `order.*` or `*`. */
  events: z
    .array(
      z.string().refine(isEventPattern, {
        error: (issue) => `Unknown event type ${JSON.stringify(issue.input)}; GET /events/types lists them`,
      }),
    )
    .min(1)
    .max(50)
    .default(["*"]),
  description: z.string().max(200).default(""),
});

const subscription = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  description: z.string(),
  createdAt: z.string(),
  /** `whsec_…`, the newest first; after a rotation the one before signs too, until the next rotation. */
  secrets: z.array(z.string()).min(1),
});
export type Subscription = z.infer<typeof subscription>;

export interface Subscriptions {
  list(): Subscription[];
  get(id: string): Subscription | undefined;
  /** `undefined` when there are too many already. */
  add(wish: z.output<typeof subscriptionCreate>): Subscription | undefined;
  remove(id: string): boolean;
  /** A new secret beside the present one. */
  rotate(id: string): Subscription | undefined;
}

export const MAX_SUBSCRIPTIONS = 100;

const newSecret = () => `whsec_${randomBytes(24).toString("base64")}`;

function load(stateFile: string | undefined): Subscription[] {
  if (stateFile === undefined) return [];
  try {
    return z.array(subscription).parse(JSON.parse(readFileSync(stateFile, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw new Error(
      `The sandbox cannot read its subscriptions in ${stateFile}. Delete the file to start without any.`,
      {
        cause: error,
      },
    );
  }
}

/** Who wants to hear of what. With a `stateFile` (mode 0600, it holds secrets) they outlive a restart. */
export function createSubscriptions(options: { now: () => Date; stateFile?: string }): Subscriptions {
  const { stateFile } = options;
  const byId = new Map(load(stateFile).map((one) => [one.id, one]));

  const save = () => {
    if (stateFile === undefined) return;
    mkdirSync(dirname(stateFile), { recursive: true });
    // Written beside and renamed, so that a crash leaves the old file or the new one.
    writeFileSync(`${stateFile}.new`, JSON.stringify([...byId.values()], null, 2), { mode: 0o600 });
    renameSync(`${stateFile}.new`, stateFile);
  };

  return {
    list: () => [...byId.values()],
    get: (id) => byId.get(id),
    add(wish) {
      if (byId.size >= MAX_SUBSCRIPTIONS) return undefined;
      const id = `wh_${randomUUID().replaceAll("-", "").slice(0, 20)}`;
      const added = { ...wish, id, createdAt: options.now().toISOString(), secrets: [newSecret()] };
      byId.set(id, added);
      save();
      return added;
    },
    remove(id) {
      const removed = byId.delete(id);
      if (removed) save();
      return removed;
    },
    rotate(id) {
      const before = byId.get(id);
      if (!before) return undefined;
      const after = { ...before, secrets: [newSecret(), ...before.secrets.slice(0, 1)] };
      byId.set(id, after);
      save();
      return after;
    },
  };
}
