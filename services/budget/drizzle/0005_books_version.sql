CREATE TABLE "books" (
	"books_id" text PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
INSERT INTO "books" ("books_id", "version") VALUES ('books', 0);
