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
DROP INDEX "khotan_exchanges_plug";--> statement-breakpoint
DROP INDEX "khotan_exchanges_tenant";--> statement-breakpoint
DROP INDEX "khotan_exchanges_status";--> statement-breakpoint
ALTER TABLE "khotan_exchanges" ADD COLUMN "request_truncated" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "khotan_exchanges" ADD COLUMN "response_truncated" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "khotan_exchanges" ADD COLUMN "response_body_size" integer;--> statement-breakpoint
CREATE INDEX "khotan_exchanges_source" ON "khotan_exchanges" USING btree ("source","id");--> statement-breakpoint
CREATE INDEX "khotan_exchanges_failed" ON "khotan_exchanges" USING btree ("id") WHERE "khotan_exchanges"."error" is not null or "khotan_exchanges"."status" is null or "khotan_exchanges"."status" >= 400;--> statement-breakpoint
CREATE INDEX "khotan_exchanges_plug" ON "khotan_exchanges" USING btree ("plug","id");--> statement-breakpoint
CREATE INDEX "khotan_exchanges_tenant" ON "khotan_exchanges" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_exchanges_status" ON "khotan_exchanges" USING btree ("status","id");