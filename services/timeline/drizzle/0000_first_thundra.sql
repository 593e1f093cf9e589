CREATE TABLE "events" (
	"task_id" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at_ms" bigint NOT NULL,
	"step_id" text,
	"body" text NOT NULL,
	CONSTRAINT "events_task_id_seq_pk" PRIMARY KEY("task_id","seq")
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"task_id" text NOT NULL,
	"model" text NOT NULL,
	"seq" integer NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "snapshots_task_id_model_seq_pk" PRIMARY KEY("task_id","model","seq")
);
--> statement-breakpoint
CREATE TABLE "task_heads" (
	"task_id" text PRIMARY KEY NOT NULL,
	"head" integer NOT NULL,
	"seen" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "task_heads_gaps" ON "task_heads" USING btree ("task_id") WHERE seen > head;