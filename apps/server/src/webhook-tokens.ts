import { createHash } from "node:crypto";
import { Prisma, type PrismaClient } from "@rekey/db/client";
import { deleteInPortions } from "@rekey/db/delete-in-portions";
import type { SeenTokens } from "@rekey/mail/webhooks/seen-tokens";

/** Longer than the signature of any provider holds, in seconds. */
const TOKEN_KEPT = 10 * 3600;

/** Remembers webhook tokens in the database, so that every process and the next one knows them. */
export function createWebhookTokens(prisma: PrismaClient): SeenTokens {
  return {
    async admits(token, content, now) {
      const [id, digest] = [sha256(token), sha256(content)];
      const expiresAt = new Date(now.getTime() + TOKEN_KEPT * 1000);
      // Of two at once one inserts; the other waits for it and then sees what it wrote.
      await prisma.webhookToken.createMany({
        data: [{ id, content: digest, expiresAt }],
        skipDuplicates: true,
      });
      const known = await prisma.webhookToken.findUnique({ where: { id } });
      return known?.content === digest;
    },
  };
}

/** Deletes tokens whose signatures no longer hold. */
export function cleanWebhookTokens(prisma: PrismaClient, now: Date): Promise<number> {
  return deleteInPortions(prisma, "webhook_token", Prisma.sql`expires_at < ${now}`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
