import type { MadeUp, SampleProvider } from "./sample.ts";
import { signGithub } from "./sign.ts";

const repository = {
  id: 81_230_417,
  name: "shop",
  full_name: "acme/shop",
  private: false,
  html_url: "https://github.com/acme/shop",
  default_branch: "main",
  owner: { login: "acme", id: 4_410_021, type: "Organization" },
};
const sender = { login: "ada", id: 1_815_210, type: "User", html_url: "https://github.com/ada" };

const headers = (event: string, { id }: MadeUp) => ({
  "user-agent": "GitHub-Hookshot/sample",
  "x-github-event": event,
  "x-github-delivery": id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
});

/** Shapes from https://docs.github.com/en/webhooks/webhook-events-and-payloads, shortened. */
export const github: SampleProvider = {
  label: "GitHub",
  sourceUrl: "https://docs.github.com/en/webhooks",
  sign: signGithub,
  events: {
    push: (made) => {
      const commit = {
        id: made.id.padEnd(40, "0"),
        message: "Fix the till",
        timestamp: made.at.toISOString(),
        author: { name: "Ada", email: "ada@acme.example", username: "ada" },
        added: [],
        removed: [],
        modified: ["src/till.ts"],
      };
      const body = {
        ref: "refs/heads/main",
        before: "0".repeat(40),
        after: commit.id,
        created: false,
        deleted: false,
        forced: false,
        compare: "https://github.com/acme/shop/compare/main",
        commits: [commit],
        head_commit: commit,
        pusher: { name: "ada", email: "ada@acme.example" },
        repository,
        sender,
      };
      return { headers: headers("push", made), body };
    },
    "issues.opened": (made) => ({
      headers: headers("issues", made),
      body: {
        action: "opened",
        issue: {
          id: Number.parseInt(made.id.slice(0, 8), 16),
          number: 17,
          title: "The till counts twice",
          body: "It happens on Mondays.",
          state: "open",
          html_url: "https://github.com/acme/shop/issues/17",
          user: sender,
          labels: [{ id: 1, name: "bug", color: "d73a4a" }],
          created_at: made.at.toISOString(),
          updated_at: made.at.toISOString(),
        },
        repository,
        sender,
      },
    }),
    "pull_request.opened": (made) => ({
      headers: headers("pull_request", made),
      body: {
        action: "opened",
        number: 18,
        pull_request: {
          id: Number.parseInt(made.id.slice(0, 8), 16),
          number: 18,
          state: "open",
          title: "Count once",
          html_url: "https://github.com/acme/shop/pull/18",
          user: sender,
          head: { ref: "count-once", sha: made.id.padEnd(40, "0") },
          base: { ref: "main", sha: "0".repeat(40) },
          draft: false,
          merged: false,
          created_at: made.at.toISOString(),
        },
        repository,
        sender,
      },
    }),
    ping: (made) => ({
      headers: headers("ping", made),
      body: {
        zen: "Keep it logically awesome.",
        hook_id: 30_001,
        hook: { type: "Repository", active: true },
        repository,
        sender,
      },
    }),
  },
};
