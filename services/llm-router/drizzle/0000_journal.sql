CREATE TABLE "calls" (
	"call_id" text PRIMARY KEY NOT NULL,
	"task_id" text NOT NULL,
	"step_id" text,
	"agent_id" text,
	"purpose" text NOT NULL,
	"state" text NOT NULL,
	"ask" integer NOT NULL,
	"reply_to" text NOT NULL,
	"copy" text NOT NULL,
	"incarnation" text NOT NULL,
	"fence" integer NOT NULL,
	"lease_until" timestamp with time zone NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"in_flight" jsonb,
	"attempts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"run_start" integer DEFAULT 0 NOT NULL,
	"answer_ref" jsonb,
	"failure" jsonb,
	"is_askable" boolean DEFAULT false NOT NULL,
	"facts" jsonb,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "cancel_marks" (
	"call_id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payload_chunks" (
	"sha256" text NOT NULL,
	"offset" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payload_chunks_sha256_offset_pk" PRIMARY KEY("sha256","offset")
);
--> statement-breakpoint
CREATE TABLE "payloads" (
	"sha256" text PRIMARY KEY NOT NULL,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"named" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settlements" (
	"attempt_id" text PRIMARY KEY NOT NULL,
	"call_id" text NOT NULL,
	"kind" text NOT NULL,
	"model" text NOT NULL,
	"usage" jsonb,
	"sent_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"cost_nano_usd" bigint,
	"overrun_nano_usd" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "calls_running" ON "calls" USING btree ("copy") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "calls_of_task" ON "calls" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "payloads_unnamed" ON "payloads" USING btree ("named","created_at");--> statement-breakpoint
CREATE INDEX "settlements_due" ON "settlements" USING btree ("due_at") WHERE state = 'pending';