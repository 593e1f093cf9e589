CREATE TABLE "error_reports" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"report_key" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"pattern" text NOT NULL,
	"failure_class" text NOT NULL,
	"provider" text,
	"call_id" text NOT NULL,
	"task_id" text NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "error_reports_report_key_unique" UNIQUE("report_key")
);
--> statement-breakpoint
CREATE INDEX "error_reports_pattern" ON "error_reports" USING btree ("pattern","id");--> statement-breakpoint
CREATE INDEX "error_reports_task" ON "error_reports" USING btree ("task_id");