-- AlterTable
ALTER TABLE "sign_up" ADD COLUMN     "browser" TEXT,
ADD COLUMN     "device_id" TEXT,
ADD COLUMN     "due" BOOLEAN,
ADD COLUMN     "network" TEXT,
ADD COLUMN     "system" TEXT;
