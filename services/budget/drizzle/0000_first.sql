CREATE TABLE "budgets" (
	"id" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"period" text NOT NULL,
	"time_zone" text NOT NULL,
	"limit_nano_usd" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fact_heads" (
	"subject" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"subject" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"traceparent" text,
	"published" boolean DEFAULT false NOT NULL,
	CONSTRAINT "facts_subject_seq_pk" PRIMARY KEY("subject","seq")
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"booking_id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_booking_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"booked_at" timestamp with time zone NOT NULL,
	"attempt_id" text NOT NULL,
	"call_id" text NOT NULL,
	"task_id" text NOT NULL,
	"purpose" text,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"kind" text NOT NULL,
	"amount_nano_usd" bigint NOT NULL,
	"overrun_nano_usd" bigint NOT NULL,
	"usage" jsonb,
	"priced_as_answered" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "levels" (
	"level_id" text PRIMARY KEY NOT NULL,
	"budget_id" text NOT NULL,
	"period" text NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"window_end" timestamp with time zone,
	"settled_nano_usd" bigint NOT NULL,
	"reserved_nano_usd" bigint NOT NULL,
	"alerted_percent" integer NOT NULL,
	"limit_told" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	"rate" jsonb NOT NULL,
	"output_tokens_max" integer,
	"source" text NOT NULL,
	CONSTRAINT "prices_provider_model_valid_from_pk" PRIMARY KEY("provider","model","valid_from")
);
--> statement-breakpoint
CREATE TABLE "reservations" (
	"attempt_id" text PRIMARY KEY NOT NULL,
	"call_id" text NOT NULL,
	"task_id" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"rate" jsonb NOT NULL,
	"held_nano_usd" bigint NOT NULL,
	"level_ids" text[] NOT NULL,
	"state" text NOT NULL,
	"estimate" text,
	"cost_nano_usd" bigint NOT NULL,
	"overrun_nano_usd" bigint NOT NULL,
	"reserved_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revocations" (
	"attempt_id" text PRIMARY KEY NOT NULL,
	"revoked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "facts_unpublished" ON "facts" USING btree ("subject","seq") WHERE not published;--> statement-breakpoint
CREATE INDEX "ledger_by_task" ON "ledger" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "ledger_by_time" ON "ledger" USING btree ("booked_at");--> statement-breakpoint
CREATE INDEX "levels_of_budget" ON "levels" USING btree ("budget_id","window_start");--> statement-breakpoint
CREATE INDEX "reservations_held" ON "reservations" USING btree ("expires_at") WHERE state = 'held';