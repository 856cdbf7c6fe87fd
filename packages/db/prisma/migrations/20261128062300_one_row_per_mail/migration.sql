-- CreateEnum
CREATE TYPE "event_state" AS ENUM ('queued', 'sending', 'delivered', 'deferred', 'dead', 'expired');

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "due_at" TIMESTAMPTZ(6),
ADD COLUMN     "lease" UUID,
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0;

-- A process of the earlier version that still accepts mails names no due time: they are due at once.
ALTER TABLE "mail" ALTER COLUMN "due_at" SET DEFAULT CURRENT_TIMESTAMP;

-- Unfinished mails are due now. Of one that was being sent nobody knows whether it was: its lease has run
-- out, and whoever claims it writes the interruption down in place of the open attempt.
UPDATE "mail" SET
  "due_at" = CURRENT_TIMESTAMP,
  "priority" = CASE "kind" WHEN 'reset-password' THEN 20 ELSE 10 END,
  "lease" = CASE "state" WHEN 'sending' THEN gen_random_uuid() END,
  "attempts" = CASE WHEN "attempts" -> -1 -> 'outcome' = 'null' THEN "attempts" - -1 ELSE "attempts" END
WHERE "state" IN ('queued', 'sending', 'deferred');

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "state" "event_state" NOT NULL DEFAULT 'queued',
    "priority" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(6) DEFAULT CURRENT_TIMESTAMP,
    "lease" UUID,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "attempts" JSONB NOT NULL DEFAULT '[]',
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "task_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE IF NOT EXISTS "migration_lock" (
    "id" INTEGER NOT NULL,
    "holder" UUID NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "migration_lock_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "event_state_created_at_idx" ON "event"("state", "created_at");

-- What is unfinished, in the order in which it is claimed. Prisma's schema language has no partial indexes.
CREATE INDEX "mail_due_idx" ON "mail" ("priority" DESC, "due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "event_due_idx" ON "event" ("priority" DESC, "due_at") WHERE "due_at" IS NOT NULL;

-- Earlier versions kept a queue in the schema of pg-boss. Its events move here, due now. Its mails have
-- their rows already. Then it is emptied, so that workers of the earlier version find nothing more to do.
-- The schema stays: the product around Rekey may use it for queues of its own, so nothing is touched unless
-- the queue of mails is the one that Rekey made, which its limit of retries tells.
-- Semicolons are spelt \073: the migration engine ends a statement at each other.
DO E'
BEGIN
  IF to_regclass(''pgboss.queue'') IS NULL OR to_regclass(''pgboss.job'') IS NULL THEN
    RETURN\073
  END IF\073
  IF NOT has_table_privilege(''pgboss.queue'', ''SELECT'') THEN
    RETURN\073
  END IF\073
  PERFORM FROM pgboss.queue WHERE name = ''mail'' AND retry_limit = 100000\073
  IF NOT FOUND THEN
    RETURN\073
  END IF\073
  INSERT INTO event (id, type, payload, created_at, updated_at, expires_at)
  SELECT id, data ->> ''type'', data, created_on, CURRENT_TIMESTAMP,
    CURRENT_TIMESTAMP + interval ''3 days''
  FROM pgboss.job
  WHERE name = ''event'' AND state IN (''created'', ''retry'', ''active'')
  ON CONFLICT (id) DO NOTHING\073
  DELETE FROM pgboss.schedule WHERE name = ''clean''\073
  DELETE FROM pgboss.job WHERE name IN (''mail'', ''event'', ''clean'')\073
  DELETE FROM pgboss.queue WHERE name IN (''mail'', ''event'', ''clean'')\073
END';
