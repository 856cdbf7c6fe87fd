-- AlterTable
ALTER TABLE "session" ADD COLUMN     "browser" TEXT,
ADD COLUMN     "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "network" TEXT,
ADD COLUMN     "system" TEXT;

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "account_id" TEXT,
    "subject_hash" TEXT,
    "network" TEXT,
    "browser" TEXT,
    "system" TEXT,
    "request_id" TEXT,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_event_account_id_at_idx" ON "audit_event"("account_id", "at");

-- CreateIndex
CREATE INDEX "audit_event_subject_hash_idx" ON "audit_event"("subject_hash");

-- CreateIndex
CREATE INDEX "audit_event_at_idx" ON "audit_event"("at");

-- The trail is appended to. Only the cleaning, which says so in its own transaction, takes old rows out.
-- Semicolons in the function's body are spelt \073: the migration engine ends a statement at each other.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP = ''DELETE'' AND current_setting(''rekey.audit_retention'', true) = ''on'' THEN
    RETURN OLD\073
  END IF\073
  RAISE EXCEPTION ''audit_event is append-only''\073
END';

CREATE TRIGGER audit_event_rows BEFORE UPDATE OR DELETE ON "audit_event"
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

CREATE TRIGGER audit_event_table BEFORE TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
