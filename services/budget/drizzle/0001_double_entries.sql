ALTER TABLE "reservations" ADD COLUMN "user_id" text DEFAULT 'owner' NOT NULL;--> statement-breakpoint
ALTER TABLE "reservations" ALTER COLUMN "user_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "agent_id" text;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "step_id" text;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "purpose" text;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "held_tokens" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reservations" ALTER COLUMN "held_tokens" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "cost_tokens" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reservations" ALTER COLUMN "cost_tokens" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "overrun_tokens" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reservations" ALTER COLUMN "overrun_tokens" DROP DEFAULT;--> statement-breakpoint
-- Until now the id of a call was all that said what it was for.
UPDATE "reservations" SET "purpose" = CASE
	WHEN split_part("call_id", '_', 3) = 'draft' AND split_part("call_id", '_', 6) <> '' THEN
		CASE split_part("call_id", '_', 5)
			WHEN 'agent-observer' THEN 'judge-agents' WHEN 'plan-observer' THEN 'judge-plan' ELSE 'plan' END
	ELSE 'step' END;--> statement-breakpoint
ALTER TABLE "reservations" ALTER COLUMN "purpose" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "reserved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "user_id" text DEFAULT 'owner' NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "user_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "agent_id" text;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "step_id" text;--> statement-breakpoint
ALTER TABLE "ledger" RENAME COLUMN "amount_nano_usd" TO "settled_nano_usd";--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "free_nano_usd" bigint;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "reserved_nano_usd" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "reserved_nano_usd" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "free_tokens" bigint;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "reserved_tokens" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "reserved_tokens" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "settled_tokens" bigint;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "overrun_tokens" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "overrun_tokens" DROP DEFAULT;--> statement-breakpoint
UPDATE "ledger" SET "free_nano_usd" = 0 - "settled_nano_usd",
	"settled_tokens" = coalesce(("usage"->>'inputTokens')::bigint + ("usage"->>'outputTokens')::bigint, 0),
	"free_tokens" = 0 - coalesce(("usage"->>'inputTokens')::bigint + ("usage"->>'outputTokens')::bigint, 0),
	"reserved_at" = coalesce((SELECT "reserved_at" FROM "reservations" WHERE "attempt_id" = "ledger"."attempt_id"), "booked_at"),
	"purpose" = coalesce("purpose", 'step');--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "purpose" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "reserved_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "free_nano_usd" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "free_tokens" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "settled_tokens" SET NOT NULL;--> statement-breakpoint
UPDATE "reservations" SET "cost_tokens" = coalesce((SELECT sum("settled_tokens") FROM "ledger" WHERE "attempt_id" = "reservations"."attempt_id"), 0)
	WHERE "state" = 'settled';--> statement-breakpoint
-- What is held now is in the counters, so it is in the ledger from here on.
INSERT INTO "ledger" ("booked_at", "reserved_at", "attempt_id", "call_id", "task_id", "user_id", "purpose", "provider", "model", "kind",
		"free_nano_usd", "reserved_nano_usd", "settled_nano_usd", "overrun_nano_usd", "free_tokens", "reserved_tokens", "settled_tokens", "overrun_tokens", "priced_as_answered")
	SELECT now(), "reserved_at", "attempt_id", "call_id", "task_id", "user_id", "purpose", "provider", "model", 'reserved',
		0 - "held_nano_usd", "held_nano_usd", 0, 0, 0, 0, 0, 0, false
	FROM "reservations" WHERE "state" = 'held' ORDER BY "reserved_at";--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_adds_up" CHECK (free_nano_usd + reserved_nano_usd + settled_nano_usd = 0
        and free_tokens + reserved_tokens + settled_tokens = 0);
