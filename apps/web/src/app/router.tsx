import { paths } from "@rekey/contract/paths";
import type { ComponentType } from "react";
import { createBrowserRouter, Outlet, ScrollRestoration } from "react-router-dom";
import { Loading } from "../components/loading.tsx";
import { Shell } from "../components/shell.tsx";
import { ErrorPage } from "./error-page.tsx";

/** Each page comes in a file of its own, when it is first needed. */
function page(path: string, load: () => Promise<ComponentType>) {
  return { path, lazy: async () => ({ Component: await load() }) };
}

const pages = [
  page(paths.home, async () => (await import("../features/home/home-page.tsx")).HomePage),
  page(paths.signIn, async () => (await import("../features/sign-in/sign-in-page.tsx")).SignInPage),
  page(paths.signUp, async () => (await import("../features/sign-up/sign-up-page.tsx")).SignUpPage),
  page(
    paths.verifyEmail,
    async () => (await import("../features/verify-email/verify-email-page.tsx")).VerifyEmailPage,
  ),
  page(
    paths.forgotPassword,
    async () =>
      (await import("../features/forgot-password/forgot-password-page.tsx")).ForgotPasswordPage,
  ),
  page(
    paths.resetPassword,
    async () =>
      (await import("../features/reset-password/reset-password-page.tsx")).ResetPasswordPage,
  ),
  page(paths.notMe, async () => (await import("../features/not-me/not-me-page.tsx")).NotMePage),
  page(
    paths.settings,
    async () => (await import("../features/settings/settings-page.tsx")).SettingsPage,
  ),
  page("*", async () => (await import("../features/not-found/not-found-page.tsx")).NotFoundPage),
];

export function createRouter() {
  return createBrowserRouter([
    {
      element: <Layout />,
      hydrateFallbackElement: (
        <Shell>
          <Loading />
        </Shell>
      ),
      children: [{ errorElement: <ErrorPage />, children: pages }],
    },
  ]);
}

function Layout() {
  return (
    <Shell>
      <Outlet />
      <ScrollRestoration />
    </Shell>
  );
}
