-- AlterTable
ALTER TABLE "account" ADD COLUMN     "locale" TEXT;

-- AlterTable
ALTER TABLE "sign_up" ADD COLUMN     "locale" TEXT;
