import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** What happened in our repositories. An app table: the app owns it, and its migrations in drizzle/app. */
export const githubActivity = pgTable("github_activity", {
  /** The event's id, so that a replay does not double a row. */
  eventId: text("event_id").primaryKey(),
  kind: text("kind").notNull(),
  action: text("action"),
  repository: text("repository"),
  actor: text("actor"),
  title: text("title"),
  url: text("url"),
  happenedAt: timestamp("happened_at", { withTimezone: true }).notNull(),
});
