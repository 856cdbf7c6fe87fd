import type { Locale } from "@rekey/contract/locales";
import type { PageConfig } from "@rekey/contract/page-config";
import { paths } from "@rekey/contract/paths";
import type { Theme } from "@rekey/contract/theme";
import { renderToStaticMarkup } from "react-dom/server";
import { StaticRouter } from "react-router-dom";
import { App } from "./app/app.tsx";
import { firstPage } from "./app/pages.ts";
import { Loading } from "./components/loading.tsx";
import { noFragmentTokens } from "./lib/fragment-token-context.tsx";
import { loadLanguage } from "./lib/i18n/language.ts";

/** Pages that look the same to everybody who is not signed in; "*" is any path that is none. */
const sameForAll: readonly string[] = [
  paths.home,
  paths.signIn,
  paths.signUp,
  paths.forgotPassword,
  "*",
];

/** What the server puts into a page, for whoever has no JavaScript yet, or none at all. */
export interface FirstPaint {
  /** HTML: the page itself where it depends on nothing but `pageConfig` and the language, else its frame. */
  picture: string;
  description: string;
  needsJavaScript: string;
}

interface FirstPaintOptions {
  path: string;
  locale: Locale;
  theme: Theme;
  pageConfig: PageConfig;
  /** What the page before handed to this one, as the SPA keeps it in the history entry. */
  state?: unknown;
}

/** What a page looks like, and says, before its JavaScript is there. */
export async function firstPaint({
  path,
  locale,
  theme,
  pageConfig,
  state = null,
}: FirstPaintOptions): Promise<FirstPaint> {
  const known = pageConfig.signedOut && (state !== null || sameForAll.includes(path));
  const [language, page] = await Promise.all([loadLanguage(locale), firstPage(path)]);
  const first = known ? page : { path, Page: Loading };
  const picture = renderToStaticMarkup(
    <StaticRouter location={{ pathname: path === "*" ? "/*" : path, state }}>
      <App
        language={language}
        theme={theme}
        pageConfig={pageConfig}
        fragmentTokens={noFragmentTokens}
        first={first}
      />
    </StaticRouter>,
  );
  return {
    picture,
    description: language.t("page.description"),
    needsJavaScript: language.t("page.needsJavaScript"),
  };
}
