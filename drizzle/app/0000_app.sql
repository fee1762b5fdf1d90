CREATE TABLE "github_activity" (
	"event_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"action" text,
	"repository" text,
	"actor" text,
	"title" text,
	"url" text,
	"times_handled" integer DEFAULT 1 NOT NULL,
	"happened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox_orders" (
	"id" text PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"total" integer,
	"currency" text,
	"times_seen" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stripe_invoice_history" (
	"event_id" text PRIMARY KEY NOT NULL,
	"invoice_id" text NOT NULL,
	"type" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stripe_invoices" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"customer" text,
	"status" text,
	"amount_due" bigint,
	"currency" text,
	"last_event" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
