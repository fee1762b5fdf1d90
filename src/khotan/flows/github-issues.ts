import { inflow, PermanentError, type SyncPage, sync } from "khotan";
import { z } from "zod";
import { github } from "../plugs/github.ts";
import { githubIssues } from "../tables/github-issues.ts";

const cursorSchema = z.object({ repository: z.string(), etag: z.string() });

/**
 * Keeps the issues and pull requests of one repository, the connection's variable `repository`. Asks first whether the
 * newest change is another one: an unchanged answer (304) costs nothing of GitHub's rate limit.
 * Source: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 */
export const githubIssuesIn = inflow({
  name: "issues",
  plug: github,
  resource: "issues",
  schedule: "*/10 * * * *",
  run: sync({
    plug: github,
    async *read({ ctx, since }) {
      const { repository } = ctx.vars;
      const [owner, repo] = typeof repository === "string" ? repository.split("/") : [];
      if (!owner || !repo) {
        throw new PermanentError("Nobody has said which repository.", {
          code: "variables_missing",
          hint: "Set the variable `repository`, e.g. `octocat/hello-world`.",
        });
      }
      const name = `${owner}/${repo}`;
      const probe = ctx.cursor.named("etag");
      const known = await probe.get(cursorSchema);
      const newest = await ctx.plug.call("newestIssue", {
        params: { owner, repo },
        headers: known?.repository === name ? { "if-none-match": known.etag } : {},
      });
      if (newest.status === 304) return;
      // The oldest first: of an order that does not change while it is read nothing slips through.
      const pages = ctx.plug.callPaged("listIssues", {
        params: { owner, repo },
        query: {
          state: "all",
          sort: "created",
          direction: "asc",
          ...(since ? { since: since.toISOString() } : {}),
        },
      });
      for await (const { items } of pages.pages()) yield page(items.map((issue) => ({ ...issue, repository: name })));
      // Only now: after a crash in between it is asked, and read, again.
      const { etag } = newest.headers;
      if (newest.status === 200 && etag) await probe.set({ repository: name, etag });
    },
    key: "id",
    updatedAt: "updated_at",
    write: {
      table: githubIssues,
      key: "id",
      map: (issue) => ({
        id: issue.id,
        repository: issue.repository,
        number: issue.number,
        title: issue.title,
        state: issue.state,
        author: issue.user?.login ?? null,
        url: issue.html_url,
        updatedAt: new Date(issue.updated_at),
      }),
    },
  }),
});

const page = <R>(items: readonly R[]): SyncPage<R> => ({ items });
