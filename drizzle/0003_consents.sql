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
ALTER TABLE "khotan_connections" ADD COLUMN "renewing_by" uuid;--> statement-breakpoint
ALTER TABLE "khotan_connections" ADD COLUMN "renewing_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "khotan_consents_expires" ON "khotan_consents" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "khotan_connections_plug" ON "khotan_connections" USING btree ("plug","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "khotan_connections_tenant" ON "khotan_connections" USING btree ("tenant","id" DESC NULLS FIRST);