CREATE TABLE "khotan_alert_channels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"envelope" jsonb NOT NULL,
	"target" text NOT NULL,
	"quiet_hours" jsonb,
	"critical_passes" boolean DEFAULT true NOT NULL,
	"last_error" text,
	"last_sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "khotan_alert_incidents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"rule_id" uuid NOT NULL,
	"rule_name" text NOT NULL,
	"metric" text NOT NULL,
	"severity" text NOT NULL,
	"status" text NOT NULL,
	"subject" jsonb NOT NULL,
	"subject_key" text NOT NULL,
	"plug" text,
	"tenant" text,
	"value" double precision NOT NULL,
	"worst_value" double precision NOT NULL,
	"threshold" double precision,
	"since" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	"clear_since" timestamp with time zone,
	"resolved_at" timestamp with time zone,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" text,
	"notified_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "khotan_alert_notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel_id" uuid NOT NULL,
	"incident_id" uuid,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "khotan_alert_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"metric" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"severity" text DEFAULT 'warning' NOT NULL,
	"threshold" double precision,
	"clear_threshold" double precision,
	"for_minutes" integer DEFAULT 0 NOT NULL,
	"clear_minutes" integer DEFAULT 0 NOT NULL,
	"window_minutes" integer DEFAULT 15 NOT NULL,
	"min_count" integer DEFAULT 1 NOT NULL,
	"plug" text,
	"tenant" text,
	"channel_ids" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"notify_resolved" boolean DEFAULT true NOT NULL,
	"renotify_minutes" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "khotan_alert_channels_name" ON "khotan_alert_channels" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "khotan_alert_incidents_live" ON "khotan_alert_incidents" USING btree ("rule_id","subject_key") WHERE status <> 'resolved';--> statement-breakpoint
CREATE INDEX "khotan_alert_incidents_status" ON "khotan_alert_incidents" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "khotan_alert_incidents_plug" ON "khotan_alert_incidents" USING btree ("plug","id");--> statement-breakpoint
CREATE INDEX "khotan_alert_incidents_tenant" ON "khotan_alert_incidents" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_alert_incidents_resolved" ON "khotan_alert_incidents" USING btree ("resolved_at") WHERE status = 'resolved';--> statement-breakpoint
CREATE INDEX "khotan_alert_notifications_due" ON "khotan_alert_notifications" USING btree ("next_attempt_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "khotan_alert_notifications_held" ON "khotan_alert_notifications" USING btree ("channel_id","id") WHERE status = 'held';--> statement-breakpoint
CREATE INDEX "khotan_alert_notifications_incident" ON "khotan_alert_notifications" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "khotan_alert_notifications_created" ON "khotan_alert_notifications" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "khotan_alert_rules_name" ON "khotan_alert_rules" USING btree ("name");