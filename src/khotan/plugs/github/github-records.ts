import { z } from "zod";

/** GitHub's records, as far as this app reads them; whatever else GitHub sends stays on them. Source: https://docs.github.com/rest */
const user = z.looseObject({ login: z.string() });

/** An issue, or a pull request: that is one with `pull_request`. Source: https://docs.github.com/rest/issues/issues */
export const githubIssue = z.looseObject({
  id: z.int(),
  number: z.int(),
  title: z.string(),
  state: z.string(),
  html_url: z.string(),
  user: user.nullable(),
  labels: z.array(z.union([z.string(), z.looseObject({ name: z.string().nullish() })])),
  pull_request: z.looseObject({}).optional(),
  created_at: z.string(),
  updated_at: z.string(),
  closed_at: z.string().nullable(),
});

/** Source: https://docs.github.com/rest/repos/webhooks */
export const githubHook = z.looseObject({
  id: z.int(),
  active: z.boolean(),
  events: z.array(z.string()),
  config: z.looseObject({ url: z.string().optional() }),
});

/**
 * One attempt at a webhook. All attempts at one event share `guid`, which is `X-GitHub-Delivery` on the wire; a redelivery
 * has it too. `id` is checked to be exact as a number: a rounded one would name another delivery.
 */
export const githubHookDelivery = z.looseObject({
  id: z.int(),
  guid: z.string(),
  delivered_at: z.string(),
  redelivery: z.boolean(),
  /** e.g. `OK`, or why it failed. */
  status: z.string(),
  /** What the receiver answered; 0 when no answer came. */
  status_code: z.int(),
  event: z.string(),
  action: z.string().nullable(),
});

/** The same with the request that was sent. */
export const githubSentDelivery = githubHookDelivery.extend({
  request: z.looseObject({ payload: z.looseObject({}) }),
});

export const githubError = z.looseObject({ message: z.string() });
