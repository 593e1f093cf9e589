CREATE TABLE "task_snapshots" (
	"task_id" text PRIMARY KEY NOT NULL,
	"model" text NOT NULL,
	"seq" integer NOT NULL,
	"state" text NOT NULL
);
