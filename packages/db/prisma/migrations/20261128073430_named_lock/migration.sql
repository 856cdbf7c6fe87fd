-- CreateTable
CREATE TABLE "named_lock" (
    "name" TEXT NOT NULL,
    "locked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "named_lock_pkey" PRIMARY KEY ("name")
);
