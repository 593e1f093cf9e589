DROP TABLE "events" CASCADE;--> statement-breakpoint
DROP TABLE "snapshots" CASCADE;--> statement-breakpoint
DROP TABLE "task_heads" CASCADE;