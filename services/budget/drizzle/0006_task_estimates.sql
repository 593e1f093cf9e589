CREATE TABLE "task_estimates" (
	"task_id" text PRIMARY KEY NOT NULL,
	"plan_version" integer NOT NULL,
	"estimated_at" timestamp with time zone NOT NULL,
	"lines" jsonb NOT NULL,
	"total" jsonb NOT NULL,
	"ended_at" timestamp with time zone,
	"actual_nano_usd" bigint
);
--> statement-breakpoint
CREATE INDEX "task_estimates_to_close" ON "task_estimates" USING btree ("ended_at") WHERE ended_at is not null and actual_nano_usd is null;--> statement-breakpoint
CREATE INDEX "task_estimates_closed" ON "task_estimates" USING btree ("ended_at") WHERE actual_nano_usd is not null;