import { integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** What happened in our repositories. An app table: the app owns it, and its migrations in drizzle/app. */
export const githubActivity = pgTable("github_activity", {
  /** The event's id, so that a replay does not make a second row. */
  eventId: text("event_id").primaryKey(),
  kind: text("kind").notNull(),
  action: text("action"),
  repository: text("repository"),
  actor: text("actor"),
  title: text("title"),
  url: text("url"),
  /** 1, and one more for each replay. */
  timesHandled: integer("times_handled").notNull().default(1),
  happenedAt: timestamp("happened_at", { withTimezone: true }).notNull(),
});
