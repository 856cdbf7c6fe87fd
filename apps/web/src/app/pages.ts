import { paths } from "@rekey/contract/paths";
import type { ComponentType } from "react";

type LoadPage = () => Promise<ComponentType>;

/** Each page comes in a file of its own, when it is first needed. */
export const pages: Readonly<Record<string, LoadPage>> = {
  [paths.home]: async () => (await import("../features/home/home-page.tsx")).HomePage,
  [paths.signIn]: async () => (await import("../features/sign-in/sign-in-page.tsx")).SignInPage,
  [paths.signUp]: async () => (await import("../features/sign-up/sign-up-page.tsx")).SignUpPage,
  [paths.verifyEmail]: async () =>
    (await import("../features/verify-email/verify-email-page.tsx")).VerifyEmailPage,
  [paths.forgotPassword]: async () =>
    (await import("../features/forgot-password/forgot-password-page.tsx")).ForgotPasswordPage,
  [paths.checkMail]: async () =>
    (await import("../features/check-mail/check-mail-page.tsx")).CheckMailPage,
  [paths.resetPassword]: async () =>
    (await import("../features/reset-password/reset-password-page.tsx")).ResetPasswordPage,
  [paths.notMe]: async () => (await import("../features/not-me/not-me-page.tsx")).NotMePage,
  [paths.secureAccount]: async () =>
    (await import("../features/secure-account/secure-account-page.tsx")).SecureAccountPage,
  [paths.settings]: async () =>
    (await import("../features/settings/settings-page.tsx")).SettingsPage,
  "*": async () => (await import("../features/not-found/not-found-page.tsx")).NotFoundPage,
};

/** A page that is here already. */
export interface LoadedPage {
  path: string;
  Page: ComponentType;
}

/** The page to begin with. Null when it does not load: the router then tries, and says so if it fails again. */
export async function firstPage(pathname: string): Promise<LoadedPage | null> {
  const path = pathname in pages ? pathname : "*";
  try {
    const Page = await pages[path]?.();
    return Page ? { path, Page } : null;
  } catch {
    return null;
  }
}
