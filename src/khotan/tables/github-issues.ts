import { bigint, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** Issues and pull requests of the repositories we follow. */
export const githubIssues = pgTable("github_issues", {
  id: bigint("id", { mode: "number" }).primaryKey(),
  repository: text("repository").notNull(),
  number: integer("number").notNull(),
  title: text("title").notNull(),
  state: text("state").notNull(),
  author: text("author"),
  url: text("url").notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
});
