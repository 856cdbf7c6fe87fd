import * as z from "zod/mini";

/** A place where an account is signed in. Instants are ISO 8601. */
export const sessionSchema = z.object({
  /** Names the session and opens nothing. */
  id: z.string(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
  browser: z.nullable(z.string()),
  system: z.nullable(z.string()),
  network: z.nullable(z.string()),
  signedInAt: z.iso.datetime(),
  /** Exact to a few minutes. */
  lastSeenAt: z.iso.datetime(),
});

export type SessionView = z.infer<typeof sessionSchema>;
