/** The pages, as both the SPA's routes and the links in mails name them. */
export const paths = {
  home: "/",
  signIn: "/sign-in",
  signUp: "/sign-up",
  verifyEmail: "/verify-email",
  forgotPassword: "/forgot-password",
  checkMail: "/check-mail",
  resetPassword: "/reset-password",
  notMe: "/not-me",
  secureAccount: "/secure-account",
  settings: "/settings",
} as const;

/** The pages that are there only with Rekey's own accounts (`ACCOUNTS`). */
export const accountPaths: readonly string[] = [
  paths.signIn,
  paths.signUp,
  paths.verifyEmail,
  paths.settings,
];

/** A link that carries a token after "#", where no server, proxy or Referer sees it. */
export function tokenLink(appUrl: string, path: string, token: string): string {
  return `${appUrl}${path}#token=${token}`;
}
