-- CreateTable
CREATE TABLE "reset_code" (
    "id" UUID NOT NULL,
    "wrong" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reset_code_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reset_code_expires_at_idx" ON "reset_code"("expires_at");
