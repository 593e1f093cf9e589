CREATE TABLE "listed_models" (
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"context_tokens_max" integer,
	"output_tokens_max" integer,
	"can_chat" boolean NOT NULL,
	"listed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "listed_models_provider_model_pk" PRIMARY KEY("provider","model")
);
--> statement-breakpoint
CREATE TABLE "model_overrides" (
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"context_tokens_max" integer,
	"output_tokens_max" integer,
	"is_default" boolean NOT NULL,
	CONSTRAINT "model_overrides_provider_model_pk" PRIMARY KEY("provider","model")
);
--> statement-breakpoint
CREATE TABLE "model_refreshes" (
	"provider" text PRIMARY KEY NOT NULL,
	"asked_at" timestamp with time zone NOT NULL
);
