import type { PageConfig } from "@rekey/contract/page-config";
import type { Theme } from "@rekey/contract/theme";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { FragmentTokens } from "../lib/fragment-token.ts";
import { FragmentTokenContext } from "../lib/fragment-token-context.tsx";
import type { Language } from "../lib/i18n/language.ts";
import { LanguageProvider } from "../lib/i18n/language-context.tsx";
import { PageConfigContext } from "../lib/page-config.ts";
import { ThemeProvider } from "../lib/theme-context.tsx";
import { createApiClient, TRPCClientContext } from "../lib/trpc.ts";
import type { LoadedPage } from "./pages.ts";
import { Router } from "./router.tsx";

interface AppProps {
  language: Language;
  theme: Theme;
  pageConfig: PageConfig;
  fragmentTokens: FragmentTokens;
  first: LoadedPage | null;
}

export function App({ language, theme, pageConfig, fragmentTokens, first }: AppProps) {
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(createApiClient);
  return (
    <PageConfigContext value={pageConfig}>
      <FragmentTokenContext value={fragmentTokens}>
        <QueryClientProvider client={queryClient}>
          <TRPCClientContext value={trpcClient}>
            <LanguageProvider first={language}>
              <ThemeProvider first={theme}>
                <Router first={first} />
              </ThemeProvider>
            </LanguageProvider>
          </TRPCClientContext>
        </QueryClientProvider>
      </FragmentTokenContext>
    </PageConfigContext>
  );
}

/** A failed query is shown with a way to try again; trying by itself would only make people wait. */
function createQueryClient() {
  return new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: 30_000, networkMode: "always" } },
  });
}
