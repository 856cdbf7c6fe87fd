import { accountPaths } from "@rekey/contract/paths";
import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router-dom";
import { Loading } from "../components/loading.tsx";
import { Shell } from "../components/shell.tsx";
import { FooterPreferences } from "../features/preferences/footer-preferences.tsx";
import { usePageConfig } from "../lib/page-config.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { type LoadedPage, pages } from "./pages.ts";

const lazyPages = Object.entries(pages).map(
  ([path, load]) => [path, lazy(async () => ({ default: await load() }))] as const,
);

/**
 * The pages by their paths. The one to begin with is here already: React keeps whatever waits under
 * Suspense back for a third of a second, and what stands below it would move.
 */
export function Router({ first }: { first: LoadedPage | null }) {
  const { accounts } = usePageConfig();
  const isHere = ([path]: readonly [string, unknown]) => accounts || !accountPaths.includes(path);
  return (
    <Shell footer={<FooterPreferences />}>
      <ErrorBoundary>
        <Suspense fallback={<Loading />}>
          <Routes>
            {lazyPages.filter(isHere).map(([path, LazyPage]) => (
              <Route
                key={path}
                path={path}
                element={first?.path === path ? <first.Page /> : <LazyPage />}
              />
            ))}
          </Routes>
        </Suspense>
      </ErrorBoundary>
    </Shell>
  );
}
