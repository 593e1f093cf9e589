DELETE FROM "task_snapshots";--> statement-breakpoint
ALTER TABLE "task_snapshots" DROP COLUMN "state";--> statement-breakpoint
ALTER TABLE "task_snapshots" ADD COLUMN "state" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "task_snapshots" ALTER COLUMN "state" SET STORAGE EXTERNAL;
