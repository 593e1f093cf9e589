ALTER TABLE "budgets" RENAME COLUMN "id" TO "budget_id";--> statement-breakpoint
ALTER TABLE "budgets" RENAME COLUMN "limit_nano_usd" TO "limit_amount";--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "scope_id" text;--> statement-breakpoint
UPDATE "budgets" SET "scope_id" = "budget_id";--> statement-breakpoint
ALTER TABLE "budgets" ALTER COLUMN "scope_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "unit" text DEFAULT 'nano-usd' NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ALTER COLUMN "unit" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "action" text DEFAULT 'ask' NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ALTER COLUMN "action" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "alert_percents" integer[] DEFAULT '{50,75,90,100}' NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ALTER COLUMN "alert_percents" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "counts_from" timestamp with time zone DEFAULT to_timestamp(0) NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ALTER COLUMN "counts_from" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "brought_nano_usd" bigint;--> statement-breakpoint
UPDATE "budgets" SET "brought_nano_usd" = "limit_amount" WHERE "scope" = 'task';--> statement-breakpoint
CREATE INDEX "budgets_of_scope" ON "budgets" USING btree ("scope","scope_id");--> statement-breakpoint
ALTER TABLE "levels" RENAME COLUMN "settled_nano_usd" TO "settled";--> statement-breakpoint
ALTER TABLE "levels" RENAME COLUMN "reserved_nano_usd" TO "reserved";--> statement-breakpoint
ALTER TABLE "reservations" DROP COLUMN "level_ids";--> statement-breakpoint
-- From here on a reservation counts on every budget over its call, in the window in which it was made:
-- the levels say what the ledger says, also of calls from before a task had its limit.
UPDATE "levels" SET ("settled", "reserved") = (
	SELECT coalesce(sum("settled_nano_usd"), 0), coalesce(sum("reserved_nano_usd"), 0) FROM "ledger"
	WHERE "reserved_at" >= "window_start" AND ("window_end" IS NULL OR "reserved_at" < "window_end")
		AND ("levels"."budget_id" = 'global' OR "ledger"."task_id" = "levels"."budget_id"));
