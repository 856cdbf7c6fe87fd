-- CreateTable
CREATE TABLE "webhook_token" (
    "id" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhook_token_expires_at_idx" ON "webhook_token"("expires_at");
