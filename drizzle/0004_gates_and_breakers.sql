CREATE SEQUENCE "khotan_delivery_order";--> statement-breakpoint
CREATE TABLE "khotan_breakers" (
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"open" boolean DEFAULT false NOT NULL,
	"manual" boolean DEFAULT false NOT NULL,
	"reason" text,
	"opened_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"probe_at" timestamp with time zone,
	"probe_delivery_id" uuid,
	"probe_token" uuid,
	"called_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"openings" integer DEFAULT 0 NOT NULL,
	"counted" jsonb,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_breakers_plug_tenant_pk" PRIMARY KEY("plug","tenant")
);
--> statement-breakpoint
CREATE TABLE "khotan_handler_gates" (
	"handler_id" uuid PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "khotan_deliveries_held";--> statement-breakpoint
ALTER TABLE "khotan_deliveries" ADD COLUMN "held_for" text;--> statement-breakpoint
ALTER TABLE "khotan_deliveries" ADD COLUMN "order_no" bigint;--> statement-breakpoint
ALTER TABLE "khotan_runs" ADD COLUMN "step_trouble" jsonb;--> statement-breakpoint
CREATE INDEX "khotan_deliveries_waiting" ON "khotan_deliveries" USING btree ("handler_id","held","priority","id") WHERE held is not null;--> statement-breakpoint
CREATE INDEX "khotan_deliveries_broken" ON "khotan_deliveries" USING btree ("held_for","priority","id") WHERE held = 'breaker';--> statement-breakpoint
CREATE INDEX "khotan_deliveries_order" ON "khotan_deliveries" USING btree ("handler_id","tenant","order_key","order_no") WHERE order_no is not null and status in ('pending','running','failed');--> statement-breakpoint
CREATE INDEX "khotan_deliveries_queued" ON "khotan_deliveries" USING btree ("handler_id","tenant","order_key","order_no") WHERE held = 'order';