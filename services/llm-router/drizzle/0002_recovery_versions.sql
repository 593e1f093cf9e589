CREATE TABLE "recovery_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"strategies" jsonb NOT NULL,
	"failure_class" text,
	"author" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
