CREATE TABLE "strategy_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"strategy" jsonb NOT NULL,
	"author" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
