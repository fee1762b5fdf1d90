CREATE TABLE "khotan_jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"tenants" jsonb,
	"filter" jsonb,
	"ids" uuid[],
	"handler_id" uuid,
	"high_id" uuid NOT NULL,
	"cursor" uuid,
	"total" integer NOT NULL,
	"total_estimated" boolean DEFAULT false NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"reasons" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"error" jsonb,
	"actor" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "khotan_deliveries" ADD COLUMN "replayed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "khotan_jobs_status" ON "khotan_jobs" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "khotan_jobs_kind" ON "khotan_jobs" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "khotan_jobs_running" ON "khotan_jobs" USING btree ("updated_at") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "khotan_deliveries_dead_letters" ON "khotan_deliveries" USING btree (coalesce(error_fingerprint, ''),"handler_id","finished_at","id","tenant") WHERE status = 'dead' and replayed_at is null;