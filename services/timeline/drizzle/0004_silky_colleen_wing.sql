-- They can be made again at any time, and are in another form now.
TRUNCATE TABLE "snapshots";
--> statement-breakpoint
ALTER TABLE "snapshots" ALTER COLUMN "state" SET DATA TYPE bytea USING ''::bytea;
