CREATE TABLE "fact_heads" (
	"subject" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"subject" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"traceparent" text,
	"published" boolean DEFAULT false NOT NULL,
	CONSTRAINT "facts_subject_seq_pk" PRIMARY KEY("subject","seq")
);
--> statement-breakpoint
CREATE TABLE "key_changes" (
	"what" text PRIMARY KEY NOT NULL,
	"revision" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "provider_keys" (
	"key_id" text PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"name" text NOT NULL,
	"user_id" text,
	"master_key_id" text NOT NULL,
	"sealed" text NOT NULL,
	"ending" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"refusal" text,
	CONSTRAINT "provider_keys_address" UNIQUE NULLS NOT DISTINCT("provider","user_id","name")
);
--> statement-breakpoint
CREATE INDEX "facts_unpublished" ON "facts" USING btree ("subject","seq") WHERE not published;