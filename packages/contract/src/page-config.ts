import * as z from "zod/mini";
import { defaultPasswordPolicy } from "./password.ts";

/**
 * What the server tells the SPA about this installation, as JSON in the page's
 * `<script type="application/json" id="page-config">`. Nothing in it is secret.
 */
export const pageConfigSchema = z.object({
  passwordPolicy: z.object({ minLength: z.int() }),
  /** Seconds a reset link lives. */
  resetTokenTtl: z.int(),
  /** Seconds between two reset mails to one mailbox. */
  resendCooldown: z.int(),
  /** The address mails come from, shown so that a reader can find or allow it. */
  sender: z.string(),
  /** Address of the mail catcher's inbox when no mail server is configured, else null. */
  mailCatcherUrl: z.nullable(z.string()),
});

export type PageConfig = z.infer<typeof pageConfigSchema>;

export const defaultPageConfig: PageConfig = {
  passwordPolicy: defaultPasswordPolicy,
  resetTokenTtl: 600,
  resendCooldown: 60,
  sender: "",
  mailCatcherUrl: null,
};
