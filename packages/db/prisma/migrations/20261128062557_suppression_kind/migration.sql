-- AlterTable
ALTER TABLE "suppression" ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'bounced';

-- Complaints no longer end recovery: those on record are told by their words.
UPDATE "suppression" SET "kind" = 'complained' WHERE "reason" ~* 'complain|abuse|spam report';
