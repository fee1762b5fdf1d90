CREATE TABLE "khotan_rollup_hours" (
	"subject" text NOT NULL,
	"key" text NOT NULL,
	"tenant" text NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"busy_ms" bigint DEFAULT 0 NOT NULL,
	"histogram" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"backlog" integer DEFAULT 0 NOT NULL,
	"partial" integer DEFAULT 0 NOT NULL,
	"cancelled" integer DEFAULT 0 NOT NULL,
	"repeats" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "khotan_rollup_hours_subject_key_tenant_minute_pk" PRIMARY KEY("subject","key","tenant","minute")
);
--> statement-breakpoint
CREATE TABLE "khotan_settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "khotan_wire_gaps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"found" integer DEFAULT 0 NOT NULL,
	"ingested" integer DEFAULT 0 NOT NULL,
	"duplicates" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"error" jsonb,
	"actor" text,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "khotan_wire_gaps_since" UNIQUE("plug","tenant","reason","since")
);
--> statement-breakpoint
ALTER TABLE "khotan_rollups" ALTER COLUMN "histogram" SET DEFAULT '{}'::jsonb;--> statement-breakpoint
ALTER TABLE "khotan_rollups" ADD COLUMN "partial" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "khotan_rollups" ADD COLUMN "cancelled" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "khotan_rollups" ADD COLUMN "repeats" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "khotan_wires" ADD COLUMN "renew_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "khotan_wires" ADD COLUMN "renew_after" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "khotan_rollup_hours_key" ON "khotan_rollup_hours" USING btree ("subject","key","minute");--> statement-breakpoint
CREATE INDEX "khotan_rollup_hours_minute" ON "khotan_rollup_hours" USING btree ("minute");--> statement-breakpoint
CREATE INDEX "khotan_wire_gaps_wire" ON "khotan_wire_gaps" USING btree ("plug","tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_wire_gaps_open" ON "khotan_wire_gaps" USING btree ("next_attempt_at") WHERE status in ('pending','running');--> statement-breakpoint
CREATE INDEX "khotan_rollups_key" ON "khotan_rollups" USING btree ("subject","key","minute");--> statement-breakpoint
CREATE INDEX "khotan_rollups_minute" ON "khotan_rollups" USING btree ("minute");