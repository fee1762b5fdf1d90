ALTER TABLE "khotan_idempotency" ADD COLUMN "process_id" uuid;--> statement-breakpoint
ALTER TABLE "khotan_idempotency" ADD COLUMN "work_id" uuid;