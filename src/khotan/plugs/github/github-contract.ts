import { defineContract } from "khotan";
import { z } from "zod";
import { githubError, githubHook, githubHookDelivery, githubIssue, githubSentDelivery } from "./github-records.ts";

const repository = z.object({ owner: z.string(), repo: z.string() });
const organisation = z.object({ org: z.string() });
const hook = repository.extend({ hook_id: z.int() });

/** Records per page, 1 to 100. GitHub's own default is 30. */
const per_page = z.int().min(1).max(100).default(100);

/** What this app asks of GitHub. Source: https://docs.github.com/rest */
export const githubContract = defineContract({
  listIssues: {
    method: "GET",
    path: "/repos/:owner/:repo/issues",
    summary: "List issues and pull requests of a repository",
    params: repository,
    query: z.object({
      state: z.enum(["open", "closed", "all"]).optional(),
      /** Only what changed at this time or later, ISO 8601. */
      since: z.iso.datetime({ offset: true }).optional(),
      sort: z.enum(["created", "updated", "comments"]).optional(),
      direction: z.enum(["asc", "desc"]).optional(),
      /** Names, by commas. */
      labels: z.string().optional(),
      per_page,
    }),
    responses: { 200: z.array(githubIssue), 404: githubError },
  },
  newestIssue: {
    method: "GET",
    path: "/repos/:owner/:repo/issues",
    summary: "Ask whether any issue has changed: 304 with the ETag of the last answer",
    params: repository,
    query: z.object({
      state: z.literal("all").default("all"),
      sort: z.literal("updated").default("updated"),
      direction: z.literal("desc").default("desc"),
      per_page: z.literal(1).default(1),
    }),
    headers: z.object({ "if-none-match": z.string().optional() }),
    responses: { 200: z.array(githubIssue), 304: z.undefined() },
  },
  listHooks: {
    method: "GET",
    path: "/repos/:owner/:repo/hooks",
    summary: "List a repository's webhooks",
    params: repository,
    query: z.object({ per_page }),
    responses: { 200: z.array(githubHook) },
  },
  listHookDeliveries: {
    method: "GET",
    path: "/repos/:owner/:repo/hooks/:hook_id/deliveries",
    summary: "List what a webhook sent in the last days, newest first",
    params: hook,
    query: z.object({ per_page }),
    responses: { 200: z.array(githubHookDelivery) },
  },
  getHookDelivery: {
    method: "GET",
    path: "/repos/:owner/:repo/hooks/:hook_id/deliveries/:delivery_id",
    summary: "Read one attempt with what was sent",
    params: hook.extend({ delivery_id: z.int() }),
    responses: { 200: githubSentDelivery },
  },
  getOrgHookDelivery: {
    method: "GET",
    path: "/orgs/:org/hooks/:hook_id/deliveries/:delivery_id",
    summary: "Read one attempt of an organisation's webhook with what was sent",
    params: organisation.extend({ hook_id: z.int(), delivery_id: z.int() }),
    responses: { 200: githubSentDelivery },
  },
  redeliverHookDelivery: {
    method: "POST",
    path: "/repos/:owner/:repo/hooks/:hook_id/deliveries/:delivery_id/attempts",
    summary: "Send a webhook again",
    params: hook.extend({ delivery_id: z.int() }),
    responses: { 202: z.unknown() },
    // Twice does no harm: the receiver knows it by its guid.
    retry: { methods: ["POST"] },
  },
});
