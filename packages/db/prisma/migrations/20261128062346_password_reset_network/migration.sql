-- AlterTable
ALTER TABLE "password_reset" ADD COLUMN     "network" TEXT;
