-- AlterTable
ALTER TABLE "account" ADD COLUMN     "time_zone" TEXT;

-- AlterTable
ALTER TABLE "sign_up" ADD COLUMN     "time_zone" TEXT;
