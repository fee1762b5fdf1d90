CREATE TABLE "khotan_cache_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cache" text NOT NULL,
	"tenant" text NOT NULL,
	"key" text NOT NULL,
	"value" jsonb,
	"size" integer NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_cache_entries_identity" UNIQUE("cache","tenant","key")
);
--> statement-breakpoint
CREATE TABLE "khotan_field_mapping_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"tenant" text NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"note" text,
	"actor" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_field_mapping_versions_identity" UNIQUE("name","tenant","version")
);
--> statement-breakpoint
CREATE TABLE "khotan_mapping_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"mapping_id" uuid NOT NULL,
	"resource" text NOT NULL,
	"tenant" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "khotan_mapping_refs" (
	"mapping_id" uuid NOT NULL,
	"plug" text NOT NULL,
	"resource" text NOT NULL,
	"tenant" text NOT NULL,
	"ref" text NOT NULL,
	"grams" integer[] NOT NULL,
	CONSTRAINT "khotan_mapping_refs_mapping_id_plug_pk" PRIMARY KEY("mapping_id","plug"),
	CONSTRAINT "khotan_mapping_refs_reverse" UNIQUE("resource","tenant","plug","ref")
);
--> statement-breakpoint
CREATE TABLE "khotan_mappings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resource" text NOT NULL,
	"tenant" text NOT NULL,
	"connect_key" text NOT NULL,
	"connect" jsonb NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"grams" integer[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_mappings_identity" UNIQUE("resource","tenant","connect_key")
);
--> statement-breakpoint
CREATE TABLE "khotan_resources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"label" text NOT NULL,
	"connect_fields" jsonb NOT NULL,
	"retired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_resources_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "khotan_mapping_refs" ADD CONSTRAINT "khotan_mapping_refs_mapping_id_khotan_mappings_id_fk" FOREIGN KEY ("mapping_id") REFERENCES "khotan_mappings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "khotan_cache_entries_cache" ON "khotan_cache_entries" USING btree ("cache","id");--> statement-breakpoint
CREATE INDEX "khotan_cache_entries_tenant" ON "khotan_cache_entries" USING btree ("cache","tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_cache_entries_expires" ON "khotan_cache_entries" USING btree ("expires_at") WHERE expires_at is not null;--> statement-breakpoint
CREATE INDEX "khotan_mapping_changes_mapping" ON "khotan_mapping_changes" USING btree ("mapping_id","id");--> statement-breakpoint
CREATE INDEX "khotan_mapping_refs_plug" ON "khotan_mapping_refs" USING btree ("resource","tenant","plug","mapping_id");--> statement-breakpoint
CREATE INDEX "khotan_mapping_refs_newest" ON "khotan_mapping_refs" USING btree ("resource","tenant","mapping_id");--> statement-breakpoint
CREATE INDEX "khotan_mapping_refs_grams" ON "khotan_mapping_refs" USING gin ("grams");--> statement-breakpoint
CREATE INDEX "khotan_mappings_resource_tenant" ON "khotan_mappings" USING btree ("resource","tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_mappings_resource" ON "khotan_mappings" USING btree ("resource","id");--> statement-breakpoint
CREATE INDEX "khotan_mappings_tenant" ON "khotan_mappings" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "khotan_mappings_grams" ON "khotan_mappings" USING gin ("grams");