import { paths } from "@rekey/contract/paths";
import { type ComponentType, lazy, Suspense } from "react";
import { BrowserRouter, Route, Routes } from "react-router-dom";
import { Loading } from "../components/loading.tsx";
import { Shell } from "../components/shell.tsx";
import { FooterPreferences } from "../features/preferences/footer-preferences.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";

/** Each page comes in a file of its own, when it is first needed. */
function page(load: () => Promise<ComponentType>) {
  return lazy(async () => ({ default: await load() }));
}

const pages = {
  [paths.home]: page(async () => (await import("../features/home/home-page.tsx")).HomePage),
  [paths.signIn]: page(
    async () => (await import("../features/sign-in/sign-in-page.tsx")).SignInPage,
  ),
  [paths.signUp]: page(
    async () => (await import("../features/sign-up/sign-up-page.tsx")).SignUpPage,
  ),
  [paths.verifyEmail]: page(
    async () => (await import("../features/verify-email/verify-email-page.tsx")).VerifyEmailPage,
  ),
  [paths.forgotPassword]: page(
    async () =>
      (await import("../features/forgot-password/forgot-password-page.tsx")).ForgotPasswordPage,
  ),
  [paths.checkMail]: page(
    async () => (await import("../features/check-mail/check-mail-page.tsx")).CheckMailPage,
  ),
  [paths.resetPassword]: page(
    async () =>
      (await import("../features/reset-password/reset-password-page.tsx")).ResetPasswordPage,
  ),
  [paths.notMe]: page(async () => (await import("../features/not-me/not-me-page.tsx")).NotMePage),
  [paths.secureAccount]: page(
    async () =>
      (await import("../features/secure-account/secure-account-page.tsx")).SecureAccountPage,
  ),
  [paths.settings]: page(
    async () => (await import("../features/settings/settings-page.tsx")).SettingsPage,
  ),
  "*": page(async () => (await import("../features/not-found/not-found-page.tsx")).NotFoundPage),
};

/** Declarative: the data router's loaders and actions, which nothing here uses, weigh 16 kB. */
export function Router() {
  return (
    <BrowserRouter>
      <Shell footer={<FooterPreferences />}>
        <ErrorBoundary>
          <Suspense fallback={<Loading />}>
            <Routes>
              {Object.entries(pages).map(([path, Page]) => (
                <Route key={path} path={path} element={<Page />} />
              ))}
            </Routes>
          </Suspense>
        </ErrorBoundary>
      </Shell>
    </BrowserRouter>
  );
}
