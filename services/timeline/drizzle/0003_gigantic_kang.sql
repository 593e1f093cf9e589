CREATE TABLE "log_segments" (
	"turn" integer PRIMARY KEY NOT NULL,
	"began_at_ms" bigint NOT NULL,
	"newest_at_ms" bigint NOT NULL,
	"lines" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "logs" (
	"segment" integer NOT NULL,
	"instance" text NOT NULL,
	"seq" integer NOT NULL,
	"at_ms" bigint NOT NULL,
	"agent" text,
	"words" "tsvector" NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "logs_instance_seq_segment_pk" PRIMARY KEY("instance","seq","segment")
) PARTITION BY LIST ("segment");
--> statement-breakpoint
CREATE TABLE "logs_0" PARTITION OF "logs" FOR VALUES IN (0);
--> statement-breakpoint
CREATE TABLE "logs_1" PARTITION OF "logs" FOR VALUES IN (1);
--> statement-breakpoint
CREATE TABLE "logs_2" PARTITION OF "logs" FOR VALUES IN (2);
--> statement-breakpoint
CREATE TABLE "logs_3" PARTITION OF "logs" FOR VALUES IN (3);
--> statement-breakpoint
CREATE TABLE "logs_4" PARTITION OF "logs" FOR VALUES IN (4);
--> statement-breakpoint
CREATE TABLE "logs_5" PARTITION OF "logs" FOR VALUES IN (5);
--> statement-breakpoint
CREATE TABLE "logs_6" PARTITION OF "logs" FOR VALUES IN (6);
--> statement-breakpoint
CREATE TABLE "logs_7" PARTITION OF "logs" FOR VALUES IN (7);
--> statement-breakpoint
CREATE TABLE "logs_8" PARTITION OF "logs" FOR VALUES IN (8);
--> statement-breakpoint
CREATE TABLE "logs_9" PARTITION OF "logs" FOR VALUES IN (9);
--> statement-breakpoint
CREATE TABLE "logs_10" PARTITION OF "logs" FOR VALUES IN (10);
--> statement-breakpoint
CREATE TABLE "logs_11" PARTITION OF "logs" FOR VALUES IN (11);
--> statement-breakpoint
CREATE TABLE "logs_12" PARTITION OF "logs" FOR VALUES IN (12);
--> statement-breakpoint
CREATE TABLE "logs_13" PARTITION OF "logs" FOR VALUES IN (13);
--> statement-breakpoint
CREATE TABLE "logs_14" PARTITION OF "logs" FOR VALUES IN (14);
--> statement-breakpoint
CREATE TABLE "logs_15" PARTITION OF "logs" FOR VALUES IN (15);
--> statement-breakpoint
CREATE INDEX "logs_by_time" ON "logs" USING btree ("at_ms","instance","seq");--> statement-breakpoint
CREATE INDEX "logs_by_words" ON "logs" USING gin ("words");