import { createHash } from "node:crypto";

/** Holds each token to the content it first came with. */
export interface SeenTokens {
  /** Whether the token is new, or came with this very content before. */
  admits(token: string, content: string, now: Date): boolean | Promise<boolean>;
}

/**
 * Remembers what each token came with for `life` seconds, the latest `limit` of them in this
 * process: a token stands for one content. The same again is a repetition, which does no harm;
 * another content under a known token is a forgery.
 */
export function createSeenTokens({ life, limit }: { life: number; limit: number }): SeenTokens {
  // In the order in which they came, which is the order in which they go.
  const seen = new Map<string, { content: string; until: number }>();

  return {
    admits(token: string, content: string, now: Date): boolean {
      const time = now.getTime() / 1000;
      const digest = createHash("sha256").update(content).digest("base64");
      const known = seen.get(token);
      if (known !== undefined && known.until > time) return known.content === digest;
      for (const [old, { until }] of seen) {
        if (until > time && seen.size < limit) break;
        seen.delete(old);
      }
      seen.set(token, { content: digest, until: time + life });
      return true;
    },
  };
}
