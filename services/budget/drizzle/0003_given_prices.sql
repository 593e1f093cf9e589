CREATE TABLE "given_prices" (
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"origin" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	"rate" jsonb NOT NULL,
	"output_tokens_max" integer,
	"source" text NOT NULL,
	CONSTRAINT "given_prices_provider_model_origin_valid_from_pk" PRIMARY KEY("provider","model","origin","valid_from")
);
