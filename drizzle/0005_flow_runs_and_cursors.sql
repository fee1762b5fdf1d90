CREATE TABLE "khotan_flow_cursors" (
	"flow_id" uuid NOT NULL,
	"tenant" text NOT NULL,
	"variant" text DEFAULT '' NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"value" jsonb NOT NULL,
	"run_id" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_flow_cursors_flow_id_tenant_variant_name_pk" PRIMARY KEY("flow_id","tenant","variant","name")
);
--> statement-breakpoint
ALTER TABLE "khotan_runs" ADD COLUMN "crashes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "khotan_runs" ADD COLUMN "schedule_id" uuid;--> statement-breakpoint
ALTER TABLE "khotan_runs" ADD COLUMN "scheduled_for" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "khotan_schedules" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "khotan_runs_due" ON "khotan_runs" USING btree ("next_attempt_at") WHERE status = 'pending' and flow_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "khotan_runs_tick" ON "khotan_runs" USING btree ("schedule_id","scheduled_for","tenant") WHERE schedule_id is not null;