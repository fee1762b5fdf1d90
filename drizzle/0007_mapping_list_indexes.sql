DROP INDEX "khotan_mapping_refs_plug";--> statement-breakpoint
DROP INDEX "khotan_mapping_refs_newest";--> statement-breakpoint
DROP INDEX "khotan_mappings_resource_tenant";--> statement-breakpoint
DROP INDEX "khotan_mappings_resource";--> statement-breakpoint
DROP INDEX "khotan_mappings_tenant";--> statement-breakpoint
CREATE INDEX "khotan_mapping_refs_list_plug" ON "khotan_mapping_refs" USING btree (("resource" || ''),("tenant" || ''),("plug" || ''),"mapping_id");--> statement-breakpoint
CREATE INDEX "khotan_mapping_refs_list" ON "khotan_mapping_refs" USING btree (("resource" || ''),("tenant" || ''),"mapping_id");--> statement-breakpoint
CREATE INDEX "khotan_mappings_list" ON "khotan_mappings" USING btree (("resource" || ''),("tenant" || ''),"id");--> statement-breakpoint
CREATE INDEX "khotan_mappings_list_resource" ON "khotan_mappings" USING btree (("resource" || ''),"id");--> statement-breakpoint
CREATE INDEX "khotan_mappings_list_tenant" ON "khotan_mappings" USING btree (("tenant" || ''),"id");