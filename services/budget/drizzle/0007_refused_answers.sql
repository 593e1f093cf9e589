CREATE TABLE "refused_answers" (
	"call_id" text PRIMARY KEY NOT NULL,
	"refused_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "refused_answers_by_time" ON "refused_answers" USING btree ("refused_at");