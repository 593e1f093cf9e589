DROP INDEX "task_events_outbox";--> statement-breakpoint
ALTER TABLE "task_events" ADD COLUMN "transaction_id" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "task_events" ALTER COLUMN "transaction_id" SET DEFAULT (pg_current_xact_id()::text)::bigint;--> statement-breakpoint
UPDATE "task_events" SET "transaction_id" = DEFAULT WHERE NOT "published";--> statement-breakpoint
ALTER TABLE "task_events" ALTER COLUMN "published" SET DEFAULT true;--> statement-breakpoint
CREATE INDEX "task_events_by_transaction" ON "task_events" USING btree ("transaction_id","position");
