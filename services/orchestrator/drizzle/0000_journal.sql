CREATE TABLE "approvals" (
	"approval_id" text PRIMARY KEY NOT NULL,
	"task_id" text NOT NULL,
	"status" text NOT NULL,
	"body" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "command_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"task_id" text NOT NULL,
	"seq" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "copies" (
	"owner" text PRIMARY KEY NOT NULL,
	"copy_name" text NOT NULL,
	"alive_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "effects" (
	"task_id" text NOT NULL,
	"effect_id" text NOT NULL,
	"body" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"owner" text,
	"takes" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "effects_task_id_effect_id_pk" PRIMARY KEY("task_id","effect_id")
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
CREATE TABLE "relay_marks" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task_events" (
	"task_id" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"data" text NOT NULL,
	"traceparent" text,
	"published" boolean DEFAULT false NOT NULL,
	"position" bigserial NOT NULL,
	CONSTRAINT "task_events_task_id_seq_pk" PRIMARY KEY("task_id","seq")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"task_id" text PRIMARY KEY NOT NULL,
	"head" integer NOT NULL,
	"status" text NOT NULL,
	"goal" text NOT NULL,
	"summary" text NOT NULL,
	"request_hash" text NOT NULL,
	"traceparent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "approvals_by_status" ON "approvals" USING btree ("status","expires_at");--> statement-breakpoint
CREATE INDEX "approvals_by_task" ON "approvals" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "command_keys_by_age" ON "command_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "effects_due" ON "effects" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "payloads_unnamed" ON "payloads" USING btree ("named","created_at");--> statement-breakpoint
CREATE INDEX "task_events_outbox" ON "task_events" USING btree ("position") WHERE not published;--> statement-breakpoint
CREATE INDEX "task_events_recent" ON "task_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "tasks_by_age" ON "tasks" USING btree ("created_at","task_id");--> statement-breakpoint
CREATE INDEX "tasks_by_status" ON "tasks" USING btree ("status","created_at");