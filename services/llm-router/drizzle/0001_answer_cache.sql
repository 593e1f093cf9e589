CREATE TABLE "cache_days" (
	"day" date NOT NULL,
	"user_id" text NOT NULL,
	"hits" integer DEFAULT 0 NOT NULL,
	"joins" integer DEFAULT 0 NOT NULL,
	"misses" integer DEFAULT 0 NOT NULL,
	"saved_nano_usd" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "cache_days_day_user_id_pk" PRIMARY KEY("day","user_id")
);
--> statement-breakpoint
CREATE TABLE "cached_answers" (
	"key" text PRIMARY KEY NOT NULL,
	"call_id" text,
	"leader_call_id" text,
	"used_at" timestamp with time zone DEFAULT now() NOT NULL
);
