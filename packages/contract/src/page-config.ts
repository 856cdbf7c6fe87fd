import * as z from "zod/mini";
import { defaultPasswordPolicy } from "./password.ts";
import { paths } from "./paths.ts";
import { resetMethods } from "./reset-method.ts";

/**
 * What the server tells the SPA about this installation, as JSON in the page's
 * `<script type="application/json" id="page-config">`. Nothing in it is secret.
 */
export const pageConfigSchema = z.object({
  /** The address this installation is used at; a page under another one may not call the API. */
  appUrl: z.string(),
  passwordPolicy: z.object({ minLength: z.int() }),
  /** Whether people sign up and sign in here; otherwise there is recovery alone. */
  accounts: z.boolean(),
  /** Where people sign in after a reset: a path, or an http(s) URL of the product around these pages. */
  signInUrl: z.string(),
  /** Seconds a reset link lives. */
  resetTokenTtl: z.int(),
  /** What the email of a requested reset carries. */
  resetMethod: z.enum(resetMethods),
  /** Seconds a link lives that confirms an address. */
  verifyTokenTtl: z.int(),
  /** Seconds between two reset mails to one mailbox. */
  resendCooldown: z.int(),
  /** The address mails come from, shown so that a reader can find or allow it. */
  sender: z.string(),
  /** The page was asked for without a session: whoever did is signed out, unless the API says otherwise. */
  signedOut: z.boolean(),
  /** Address of the mail catcher's inbox when no mail server is configured, else null. */
  mailCatcherUrl: z.nullable(z.string()),
  /** Who runs this installation, in the words of its brand. Its colours come as a stylesheet. */
  brand: z.object({
    name: z.string(),
    /** The logo, an SVG of this natural size; null: the built-in mark. */
    logo: z.nullable(
      z.object({
        url: z.string(),
        width: z.number(),
        height: z.number(),
        /** It says the name itself, which then stands beside it no second time. */
        hasName: z.boolean(),
      }),
    ),
    /** Where a reader finds help; at most one of the two is set. */
    supportAddress: z.nullable(z.string()),
    supportUrl: z.nullable(z.string()),
    /** A line under every page. */
    footer: z.nullable(z.string()),
  }),
});

export type PageConfig = z.infer<typeof pageConfigSchema>;

export const defaultPageConfig: PageConfig = {
  appUrl: "",
  passwordPolicy: defaultPasswordPolicy,
  accounts: true,
  signInUrl: paths.signIn,
  resetTokenTtl: 600,
  resetMethod: "both",
  verifyTokenTtl: 86_400,
  resendCooldown: 60,
  sender: "",
  signedOut: false,
  mailCatcherUrl: null,
  brand: { name: "Rekey", logo: null, supportAddress: null, supportUrl: null, footer: null },
};
