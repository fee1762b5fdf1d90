CREATE TABLE "khotan_flow_drifts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"flow_id" uuid NOT NULL,
	"tenant" text NOT NULL,
	"breaking" boolean NOT NULL,
	"status" text NOT NULL,
	"version" integer NOT NULL,
	"changes" jsonb NOT NULL,
	"shape" jsonb NOT NULL,
	"run_id" uuid,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "khotan_flow_shapes" (
	"flow_id" uuid NOT NULL,
	"tenant" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"shape" jsonb NOT NULL,
	"records" bigint DEFAULT 0 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_flow_shapes_flow_id_tenant_pk" PRIMARY KEY("flow_id","tenant")
);
--> statement-breakpoint
CREATE TABLE "khotan_sync_conflicts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"flow_id" uuid NOT NULL,
	"plug" text NOT NULL,
	"flow" text NOT NULL,
	"tenant" text NOT NULL,
	"scope" text DEFAULT '' NOT NULL,
	"key" text NOT NULL,
	"fields" jsonb NOT NULL,
	"base" jsonb,
	"source" jsonb,
	"platform" jsonb,
	"source_updated_at" timestamp with time zone,
	"platform_updated_at" timestamp with time zone,
	"policy" text NOT NULL,
	"outcome" text NOT NULL,
	"value" jsonb,
	"status" text DEFAULT 'decided' NOT NULL,
	"digest" text NOT NULL,
	"run_id" uuid,
	"resolved_by" text,
	"resolved_at" timestamp with time zone,
	"applied_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_sync_conflicts_identity" UNIQUE("flow_id","tenant","scope","key","digest")
);
--> statement-breakpoint
CREATE TABLE "khotan_sync_echoes" (
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"key" text NOT NULL,
	"hash" text NOT NULL,
	"run_id" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "khotan_sync_echoes_plug_tenant_key_hash_pk" PRIMARY KEY("plug","tenant","key","hash")
);
--> statement-breakpoint
CREATE TABLE "khotan_sync_states" (
	"flow_id" uuid NOT NULL,
	"tenant" text NOT NULL,
	"scope" text DEFAULT '' NOT NULL,
	"key" text NOT NULL,
	"hash" text NOT NULL,
	"fields" jsonb,
	"generation" uuid,
	"pending" boolean DEFAULT false NOT NULL,
	"removed_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_sync_states_flow_id_tenant_scope_key_pk" PRIMARY KEY("flow_id","tenant","scope","key")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "khotan_flow_drifts_open" ON "khotan_flow_drifts" USING btree ("flow_id","tenant") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "khotan_flow_drifts_flow" ON "khotan_flow_drifts" USING btree ("flow_id","tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_sync_conflicts_flow" ON "khotan_sync_conflicts" USING btree ("flow_id","id");--> statement-breakpoint
CREATE INDEX "khotan_sync_conflicts_tenant" ON "khotan_sync_conflicts" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_sync_conflicts_status" ON "khotan_sync_conflicts" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "khotan_sync_conflicts_resolving" ON "khotan_sync_conflicts" USING btree ("flow_id","tenant") WHERE status = 'resolving';--> statement-breakpoint
CREATE INDEX "khotan_sync_echoes_expires" ON "khotan_sync_echoes" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "khotan_sync_states_pending" ON "khotan_sync_states" USING btree ("flow_id","tenant","scope") WHERE pending;