ALTER TABLE "task_events" ALTER COLUMN "type" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "task_events" ALTER COLUMN "actor" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "task_events" ALTER COLUMN "data" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "task_events" ADD COLUMN "last_seq" integer;--> statement-breakpoint
ALTER TABLE "task_events" ADD COLUMN "packed" "bytea";--> statement-breakpoint
ALTER TABLE "task_events" ALTER COLUMN "packed" SET STORAGE EXTERNAL;
