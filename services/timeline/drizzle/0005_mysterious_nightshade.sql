ALTER TABLE "task_heads" ADD COLUMN "imported_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "task_heads" ADD COLUMN "written_at_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "task_heads_imported" ON "task_heads" USING btree ("imported_at_ms") WHERE imported_at_ms is not null;