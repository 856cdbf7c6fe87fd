import type { PrismaClient } from "@rekey/db/client";
import type { Codes, RequestHandle } from "@rekey/tokens/codes";
import type { ResetLinks } from "./reset-links.ts";

export type RedeemOutcome =
  | { status: "redeemed"; token: string }
  | { status: "refused"; reason: "CODE_WRONG"; attemptsLeft: number }
  | { status: "refused"; reason: "CODE_DEAD" };

/** Wrong codes after which a request takes no code any more. Its link still works. */
const MAX_WRONG_CODES = 5;

export interface RedeemCodeDependencies {
  prisma: PrismaClient;
  codes: Codes;
  links: Pick<ResetLinks, "find" | "tokenOf">;
  now: () => Date;
}

/**
 * Exchanges the code of an email for the token that its link carries, in the browser that asked: the code
 * is worth nothing without the handle of its own request. What a wrong code is told depends on the
 * handle and the attempts at it alone. Nothing is looked up for it, so neither answer nor time depends
 * on whether there is an account, whether the email was sent, or what its owner did with it.
 */
export function createRedeemCode({ prisma, codes, links, now }: RedeemCodeDependencies) {
  /**
   * Counts a wrong code (1) or none (0). Resolves to the wrong ones so far, or to null when there were
   * too many before: the bound is in the statement, so attempts at the same time cannot pass it.
   */
  async function count({ id, expiresAt }: RequestHandle, wrong: 0 | 1): Promise<number | null> {
    const [attempts] = await prisma.$queryRaw<{ wrong: number }[]>`
      INSERT INTO reset_code (id, wrong, expires_at) VALUES (${id}::uuid, ${wrong}, ${expiresAt})
      ON CONFLICT (id) DO UPDATE SET wrong = reset_code.wrong + excluded.wrong
        WHERE reset_code.wrong < ${MAX_WRONG_CODES}
      RETURNING wrong`;
    return attempts?.wrong ?? null;
  }

  return async (request: string, code: string): Promise<RedeemOutcome> => {
    const dead = { status: "refused", reason: "CODE_DEAD" } as const;
    const handle = codes.readHandle(request);
    if (handle === null || handle.expiresAt <= now()) return dead;

    if (!codes.isCodeOf(handle.id, code)) {
      const wrong = await count(handle, 1);
      if (wrong === null) return dead;
      return { status: "refused", reason: "CODE_WRONG", attemptsLeft: MAX_WRONG_CODES - wrong };
    }
    if ((await count(handle, 0)) === null) return dead;
    const link = await links.find(prisma, handle.id);
    if (link.status === "refused") return dead;
    return { status: "redeemed", token: await links.tokenOf(link.reset) };
  };
}
