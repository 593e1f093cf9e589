CREATE TABLE "calls" (
	"task_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at_ms" bigint NOT NULL,
	"agent" text,
	"provider" text,
	"model" text,
	"outcome" text NOT NULL,
	"reused" boolean NOT NULL,
	"lost" integer NOT NULL,
	"retries" integer NOT NULL,
	"fallbacks" integer NOT NULL,
	"input_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"cost_nano_usd" bigint NOT NULL,
	"latency_ms" bigint NOT NULL,
	CONSTRAINT "calls_task_id_seq_pk" PRIMARY KEY("task_id","seq")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"seq" integer NOT NULL,
	"era" bigint NOT NULL,
	"type" text NOT NULL,
	"at_ms" bigint NOT NULL,
	"step_id" text,
	"agent" text,
	"words" tsvector NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "events_subject_seq_era_pk" PRIMARY KEY("subject","seq","era")
) PARTITION BY HASH ("subject");
--> statement-breakpoint
CREATE TABLE "events_0" PARTITION OF "events" FOR VALUES WITH (MODULUS 8, REMAINDER 0);
--> statement-breakpoint
CREATE TABLE "events_1" PARTITION OF "events" FOR VALUES WITH (MODULUS 8, REMAINDER 1);
--> statement-breakpoint
CREATE TABLE "events_2" PARTITION OF "events" FOR VALUES WITH (MODULUS 8, REMAINDER 2);
--> statement-breakpoint
CREATE TABLE "events_3" PARTITION OF "events" FOR VALUES WITH (MODULUS 8, REMAINDER 3);
--> statement-breakpoint
CREATE TABLE "events_4" PARTITION OF "events" FOR VALUES WITH (MODULUS 8, REMAINDER 4);
--> statement-breakpoint
CREATE TABLE "events_5" PARTITION OF "events" FOR VALUES WITH (MODULUS 8, REMAINDER 5);
--> statement-breakpoint
CREATE TABLE "events_6" PARTITION OF "events" FOR VALUES WITH (MODULUS 8, REMAINDER 6);
--> statement-breakpoint
CREATE TABLE "events_7" PARTITION OF "events" FOR VALUES WITH (MODULUS 8, REMAINDER 7);
--> statement-breakpoint
CREATE TABLE "marks" (
	"name" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prunings" (
	"kind" text PRIMARY KEY NOT NULL,
	"before_ms" bigint NOT NULL,
	"events" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"task_id" text NOT NULL,
	"model" text NOT NULL,
	"seq" integer NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "snapshots_task_id_model_seq_pk" PRIMARY KEY("task_id","model","seq")
);
--> statement-breakpoint
CREATE TABLE "step_agents" (
	"task_id" text NOT NULL,
	"step" text NOT NULL,
	"agent" text NOT NULL,
	CONSTRAINT "step_agents_task_id_step_pk" PRIMARY KEY("task_id","step")
);
--> statement-breakpoint
CREATE TABLE "task_heads" (
	"task_id" text PRIMARY KEY NOT NULL,
	"head" integer NOT NULL,
	"seen" integer NOT NULL,
	"title" text,
	"created_at_ms" bigint,
	"outcome" text,
	"ended_at_ms" bigint,
	"pruned_at_ms" bigint
);
--> statement-breakpoint
CREATE INDEX "calls_by_time" ON "calls" USING btree ("at_ms");--> statement-breakpoint
CREATE INDEX "events_by_time" ON "events" USING btree ("at_ms","subject","seq");--> statement-breakpoint
CREATE INDEX "events_by_words" ON "events" USING gin ("words");--> statement-breakpoint
CREATE INDEX "facts_by_time" ON "events" USING btree ("kind","at_ms") WHERE kind <> 'task';--> statement-breakpoint
CREATE INDEX "task_heads_gaps" ON "task_heads" USING btree ("task_id") WHERE seen > head;--> statement-breakpoint
CREATE INDEX "task_heads_ended" ON "task_heads" USING btree ("ended_at_ms");