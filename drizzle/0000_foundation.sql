CREATE TABLE "khotan_audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"plug" text,
	"tenant" text,
	"target" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "khotan_connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"envelope" jsonb,
	"key_id" text,
	"version" integer DEFAULT 0 NOT NULL,
	"seeded_keys" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error" jsonb,
	"checked_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"renewing_by" uuid,
	"renewing_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_connections_plug_tenant" UNIQUE("plug","tenant")
);
--> statement-breakpoint
CREATE TABLE "khotan_consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"state_hash" text NOT NULL,
	"cookie_hash" text NOT NULL,
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text,
	"envelope" jsonb NOT NULL,
	"return_to" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "khotan_consents_state_hash_unique" UNIQUE("state_hash")
);
--> statement-breakpoint
CREATE TABLE "khotan_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"handler_id" uuid NOT NULL,
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"max_attempts" integer NOT NULL,
	"crashes" integer DEFAULT 0 NOT NULL,
	"replay_no" integer DEFAULT 0 NOT NULL,
	"replay_of" uuid,
	"held" text,
	"next_attempt_at" timestamp with time zone,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"process_id" uuid,
	"run_id" uuid,
	"source" text DEFAULT 'webhook' NOT NULL,
	"actor" text,
	"last_error" jsonb,
	"error_fingerprint" text,
	"order_key" text,
	"priority" smallint DEFAULT 0 NOT NULL,
	"origin" text DEFAULT 'webhook' NOT NULL,
	"causation_id" uuid,
	"traceparent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "khotan_deliveries_identity" UNIQUE("event_id","handler_id","replay_no")
);
--> statement-breakpoint
CREATE TABLE "khotan_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"type" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"method" text DEFAULT 'POST' NOT NULL,
	"path" text DEFAULT '' NOT NULL,
	"content_type" text,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"size" integer NOT NULL,
	"body" "bytea",
	"payload" jsonb,
	"verification" jsonb NOT NULL,
	"duplicates" integer DEFAULT 0 NOT NULL,
	"origin" text DEFAULT 'webhook' NOT NULL,
	"causation_id" uuid,
	"traceparent" text,
	"order_key" text,
	"priority" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "khotan_events_dedupe" UNIQUE("plug","tenant","dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "khotan_exchanges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"run_id" uuid,
	"source" text NOT NULL,
	"endpoint" text,
	"attempt" smallint DEFAULT 1 NOT NULL,
	"method" text NOT NULL,
	"url" text NOT NULL,
	"status" smallint,
	"started_at" timestamp with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"timing" jsonb,
	"request_headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"request_body" "bytea",
	"request_truncated" boolean DEFAULT false NOT NULL,
	"request_size" integer DEFAULT 0 NOT NULL,
	"response_headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"response_body" "bytea",
	"response_truncated" boolean DEFAULT false NOT NULL,
	"response_body_size" integer,
	"response_size" integer,
	"error" jsonb,
	"traceparent" text
);
--> statement-breakpoint
CREATE TABLE "khotan_flows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plug" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"resource" text,
	"destination" text,
	"variants" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"execution" text DEFAULT 'inline' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"retired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_flows_identity" UNIQUE("plug","name")
);
--> statement-breakpoint
CREATE TABLE "khotan_handlers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plug" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"events" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"destination" text,
	"execution" text NOT NULL,
	"max_attempts" integer NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"retired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_handlers_identity" UNIQUE("plug","kind","name")
);
--> statement-breakpoint
CREATE TABLE "khotan_idempotency" (
	"principal" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"response" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_idempotency_principal_key_pk" PRIMARY KEY("principal","key")
);
--> statement-breakpoint
CREATE TABLE "khotan_limits" (
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"state" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_limits_plug_tenant_pk" PRIMARY KEY("plug","tenant")
);
--> statement-breakpoint
CREATE TABLE "khotan_plugs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"label" text NOT NULL,
	"description" text,
	"docs_url" text,
	"base_url" text,
	"auth" text NOT NULL,
	"var_keys" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"retired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_plugs_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "khotan_processes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"version" text NOT NULL,
	"worker_ids" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"heartbeat_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "khotan_rejections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"message" text NOT NULL,
	"scheme" text NOT NULL,
	"size" integer NOT NULL,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"body_excerpt" "bytea",
	"count" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "khotan_rejections_minute" UNIQUE("plug","tenant","reason","minute")
);
--> statement-breakpoint
CREATE TABLE "khotan_rollups" (
	"subject" text NOT NULL,
	"key" text NOT NULL,
	"tenant" text NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"busy_ms" bigint DEFAULT 0 NOT NULL,
	"histogram" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"backlog" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "khotan_rollups_subject_key_tenant_minute_pk" PRIMARY KEY("subject","key","tenant","minute")
);
--> statement-breakpoint
CREATE TABLE "khotan_run_attempts" (
	"run_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"next_attempt_at" timestamp with time zone,
	"error" jsonb,
	"process_id" uuid,
	"lease_token" uuid,
	CONSTRAINT "khotan_run_attempts_run_id_no_pk" PRIMARY KEY("run_id","no")
);
--> statement-breakpoint
CREATE TABLE "khotan_run_checkpoints" (
	"run_id" uuid NOT NULL,
	"key" text NOT NULL,
	"result" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_run_checkpoints_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "khotan_run_logs" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"level" text NOT NULL,
	"attempt" integer NOT NULL,
	"message" text NOT NULL,
	"data" jsonb
);
--> statement-breakpoint
CREATE TABLE "khotan_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"variant" text,
	"status" text NOT NULL,
	"source" text NOT NULL,
	"execution" text DEFAULT 'inline' NOT NULL,
	"actor" text,
	"handler_id" uuid,
	"flow_id" uuid,
	"delivery_id" uuid,
	"event_id" uuid,
	"retry_of" uuid,
	"attempts" integer DEFAULT 0 NOT NULL,
	"max_attempts" integer DEFAULT 1 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"busy_ms" integer DEFAULT 0 NOT NULL,
	"counters" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"progress" jsonb,
	"error" jsonb,
	"error_fingerprint" text,
	"input" jsonb,
	"result" jsonb,
	"idempotency_key" text NOT NULL,
	"workflow_run_id" text,
	"dry_run" boolean DEFAULT false NOT NULL,
	"traceparent" text,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"process_id" uuid,
	"cancel_requested_at" timestamp with time zone,
	"cancel_actor" text,
	CONSTRAINT "khotan_runs_workflow" UNIQUE("workflow_run_id")
);
--> statement-breakpoint
CREATE TABLE "khotan_saved_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"plug" text NOT NULL,
	"name" text NOT NULL,
	"request" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_saved_requests_name" UNIQUE("owner","plug","name")
);
--> statement-breakpoint
CREATE TABLE "khotan_schedules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"flow_id" uuid NOT NULL,
	"variant" text DEFAULT '' NOT NULL,
	"cron" text NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"next_at" timestamp with time zone,
	"last_fired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_schedules_identity" UNIQUE("flow_id","variant")
);
--> statement-breakpoint
CREATE TABLE "khotan_wires" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"mode" text NOT NULL,
	"callback_url" text NOT NULL,
	"remote_id" text,
	"events" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"envelope" jsonb,
	"key_id" text,
	"version" integer DEFAULT 0 NOT NULL,
	"error" jsonb,
	"expires_at" timestamp with time zone,
	"connected_at" timestamp with time zone,
	"last_received_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_wires_plug_tenant" UNIQUE("plug","tenant")
);
--> statement-breakpoint
CREATE INDEX "khotan_audit_plug" ON "khotan_audit" USING btree ("plug","id");--> statement-breakpoint
CREATE INDEX "khotan_audit_tenant" ON "khotan_audit" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_audit_actor" ON "khotan_audit" USING btree ("actor","id");--> statement-breakpoint
CREATE INDEX "khotan_connections_plug" ON "khotan_connections" USING btree ("plug","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "khotan_connections_tenant" ON "khotan_connections" USING btree ("tenant","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "khotan_consents_expires" ON "khotan_consents" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "khotan_deliveries_handler" ON "khotan_deliveries" USING btree ("handler_id","id");--> statement-breakpoint
CREATE INDEX "khotan_deliveries_plug" ON "khotan_deliveries" USING btree ("plug","id");--> statement-breakpoint
CREATE INDEX "khotan_deliveries_tenant" ON "khotan_deliveries" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_deliveries_dead" ON "khotan_deliveries" USING btree ("handler_id","id") WHERE status = 'dead';--> statement-breakpoint
CREATE INDEX "khotan_deliveries_failed" ON "khotan_deliveries" USING btree ("id") WHERE status in ('failed','dead');--> statement-breakpoint
CREATE INDEX "khotan_deliveries_set_aside" ON "khotan_deliveries" USING btree ("id") WHERE status in ('cancelled','skipped');--> statement-breakpoint
CREATE INDEX "khotan_deliveries_leased" ON "khotan_deliveries" USING btree ("lease_until") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "khotan_deliveries_due" ON "khotan_deliveries" USING btree ("next_attempt_at") WHERE status in ('pending','failed');--> statement-breakpoint
CREATE INDEX "khotan_deliveries_held" ON "khotan_deliveries" USING btree ("handler_id") WHERE held is not null;--> statement-breakpoint
CREATE INDEX "khotan_events_plug" ON "khotan_events" USING btree ("plug","id");--> statement-breakpoint
CREATE INDEX "khotan_events_type" ON "khotan_events" USING btree ("type","id");--> statement-breakpoint
CREATE INDEX "khotan_events_tenant" ON "khotan_events" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_events_received" ON "khotan_events" USING brin ("received_at");--> statement-breakpoint
CREATE INDEX "khotan_events_type_prefix" ON "khotan_events" USING btree ("type" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "khotan_exchanges_run" ON "khotan_exchanges" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "khotan_exchanges_plug" ON "khotan_exchanges" USING btree ("plug","id");--> statement-breakpoint
CREATE INDEX "khotan_exchanges_tenant" ON "khotan_exchanges" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_exchanges_status" ON "khotan_exchanges" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "khotan_exchanges_source" ON "khotan_exchanges" USING btree ("source","id");--> statement-breakpoint
CREATE INDEX "khotan_exchanges_failed" ON "khotan_exchanges" USING btree ("id") WHERE "khotan_exchanges"."error" is not null or "khotan_exchanges"."status" is null or "khotan_exchanges"."status" >= 400;--> statement-breakpoint
CREATE INDEX "khotan_exchanges_started" ON "khotan_exchanges" USING brin ("started_at");--> statement-breakpoint
CREATE INDEX "khotan_rejections_plug" ON "khotan_rejections" USING btree ("plug","id");--> statement-breakpoint
CREATE INDEX "khotan_rejections_tenant" ON "khotan_rejections" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_run_logs_run" ON "khotan_run_logs" USING btree ("run_id","seq");--> statement-breakpoint
CREATE INDEX "khotan_run_logs_at" ON "khotan_run_logs" USING brin ("at");--> statement-breakpoint
CREATE INDEX "khotan_runs_status" ON "khotan_runs" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "khotan_runs_plug" ON "khotan_runs" USING btree ("plug","id");--> statement-breakpoint
CREATE INDEX "khotan_runs_tenant" ON "khotan_runs" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_runs_name" ON "khotan_runs" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "khotan_runs_kind" ON "khotan_runs" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "khotan_runs_source" ON "khotan_runs" USING btree ("source","id");--> statement-breakpoint
CREATE INDEX "khotan_runs_handler" ON "khotan_runs" USING btree ("handler_id","id");--> statement-breakpoint
CREATE INDEX "khotan_runs_flow" ON "khotan_runs" USING btree ("flow_id","id") WHERE flow_id is not null;--> statement-breakpoint
CREATE INDEX "khotan_runs_event" ON "khotan_runs" USING btree ("event_id") WHERE event_id is not null;--> statement-breakpoint
CREATE INDEX "khotan_runs_delivery" ON "khotan_runs" USING btree ("delivery_id") WHERE delivery_id is not null;--> statement-breakpoint
CREATE INDEX "khotan_runs_retry" ON "khotan_runs" USING btree ("retry_of") WHERE retry_of is not null;--> statement-breakpoint
CREATE INDEX "khotan_runs_live" ON "khotan_runs" USING btree ("id") WHERE status in ('pending','running');--> statement-breakpoint
CREATE INDEX "khotan_runs_leased" ON "khotan_runs" USING btree ("lease_until") WHERE status = 'running' and lease_until is not null;--> statement-breakpoint
CREATE INDEX "khotan_runs_finished" ON "khotan_runs" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "khotan_runs_created" ON "khotan_runs" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "khotan_schedules_due" ON "khotan_schedules" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "khotan_wires_expires" ON "khotan_wires" USING btree ("expires_at");