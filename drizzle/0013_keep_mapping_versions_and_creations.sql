CREATE TABLE "khotan_sync_creations" (
	"flow_id" uuid NOT NULL,
	"tenant" text NOT NULL,
	"scope" text DEFAULT '' NOT NULL,
	"local_key" text NOT NULL,
	"fields" jsonb NOT NULL,
	"called_at" timestamp with time zone,
	"run_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_sync_creations_flow_id_tenant_scope_local_key_pk" PRIMARY KEY("flow_id","tenant","scope","local_key")
);
--> statement-breakpoint
ALTER TABLE "khotan_runs" ADD COLUMN "field_mappings" jsonb;