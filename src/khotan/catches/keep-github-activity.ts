import { sql } from "drizzle-orm";
import { catchEvent } from "khotan";
import { z } from "zod";
import { githubActivity } from "../tables/index.ts";

const named = z.looseObject({
  title: z.string().optional(),
  name: z.string().nullish(),
  html_url: z.string().optional(),
});

/** The parts that GitHub's events have in common, and those of the kinds we know. Source: https://docs.github.com/webhooks/webhook-events-and-payloads */
const payload = z.looseObject({
  action: z.string().optional(),
  repository: z.looseObject({ full_name: z.string() }).optional(),
  sender: z.looseObject({ login: z.string() }).optional(),
  ref: z.string().optional(),
  compare: z.string().optional(),
  head_commit: z.looseObject({ message: z.string() }).nullish(),
  issue: named.optional(),
  pull_request: named.optional(),
  release: named.optional(),
});

/** Keeps pushes, issues, pull requests and releases with their title, and anything else by its name. */
export const keepGithubActivity = catchEvent({
  name: "github-activity",
  events: ["*"],
  schema: payload,
  async run(ctx) {
    const { event } = ctx;
    const subject = event.issue ?? event.pull_request ?? event.release;
    const kind = ctx.eventType.split(".")[0] ?? ctx.eventType;
    const row = {
      eventId: ctx.eventId,
      kind,
      action: event.action ?? null,
      repository: event.repository?.full_name ?? null,
      actor: event.sender?.login ?? null,
      title: subject?.title ?? subject?.name ?? event.head_commit?.message.split("\n")[0] ?? event.ref ?? null,
      url: subject?.html_url ?? event.compare ?? null,
      happenedAt: ctx.receivedAt,
    };
    const again = { timesHandled: sql`${githubActivity.timesHandled} + 1` };
    await ctx.transaction((tx) =>
      tx.insert(githubActivity).values(row).onConflictDoUpdate({ target: githubActivity.eventId, set: again }),
    );
    ctx.log(`${kind} of ${row.repository ?? "somewhere"} kept`);
    return { kind, repository: row.repository };
  },
});
