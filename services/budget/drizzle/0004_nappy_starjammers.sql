ALTER TABLE "ledger" ADD COLUMN "input_tokens" bigint GENERATED ALWAYS AS ((usage->'inputTokens')::bigint) STORED;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "cached_input_tokens" bigint GENERATED ALWAYS AS ((usage->'cachedInputTokens')::bigint) STORED;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "output_tokens" bigint GENERATED ALWAYS AS ((usage->'outputTokens')::bigint) STORED;--> statement-breakpoint
CREATE INDEX "ledger_costs" ON "ledger" USING btree ("reserved_at","kind","settled_nano_usd","settled_tokens","input_tokens","cached_input_tokens","output_tokens","provider","model","purpose","user_id","agent_id","task_id") WHERE kind in ('settled', 'estimated', 'corrected');--> statement-breakpoint
CREATE INDEX "ledger_corrections" ON "ledger" USING btree ("reserved_at") WHERE kind = 'corrected';--> statement-breakpoint
CREATE INDEX "ledger_estimates" ON "ledger" USING btree ("attempt_id") WHERE kind = 'estimated';