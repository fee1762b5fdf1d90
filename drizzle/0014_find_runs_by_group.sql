DROP INDEX "khotan_runs_plug";--> statement-breakpoint
DROP INDEX "khotan_runs_tenant";--> statement-breakpoint
DROP INDEX "khotan_runs_name";--> statement-breakpoint
DROP INDEX "khotan_runs_kind";--> statement-breakpoint
DROP INDEX "khotan_runs_source";--> statement-breakpoint
DROP INDEX "khotan_runs_handler";--> statement-breakpoint
ALTER TABLE "khotan_runs" ADD COLUMN "group_key" bigint GENERATED ALWAYS AS (hashtextextended(kind || chr(31) || source || chr(31) || plug || chr(31) || tenant || chr(31) || name || chr(31) || coalesce(variant, '') || chr(31) || coalesce(handler_id::text, '') || chr(31) || coalesce(flow_id::text, ''), 0)) STORED;--> statement-breakpoint
CREATE INDEX "khotan_runs_group" ON "khotan_runs" USING btree ("group_key","status","id");