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
CREATE TABLE "items" (
	"item_id" text PRIMARY KEY NOT NULL,
	"queue" text NOT NULL,
	"task_id" text NOT NULL,
	"title" text NOT NULL,
	"priority" text NOT NULL,
	"rank" integer NOT NULL,
	"place" bigint GENERATED ALWAYS AS IDENTITY (sequence name "items_place_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"content_hash" text NOT NULL,
	"task" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"request_id" text NOT NULL,
	"traceparent" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"claimed_by" text,
	"claimed_at" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"enqueued_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "items_task_id_unique" UNIQUE("task_id")
);
--> statement-breakpoint
CREATE TABLE "queues" (
	"name" text PRIMARY KEY NOT NULL,
	"slots_max" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "facts_unpublished" ON "facts" USING btree ("subject","seq") WHERE not published;--> statement-breakpoint
CREATE INDEX "items_waiting" ON "items" USING btree ("queue","rank","place") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "items_in_slots" ON "items" USING btree ("queue") WHERE status in ('starting', 'running');--> statement-breakpoint
CREATE INDEX "items_ended" ON "items" USING btree ("queue","ended_at");