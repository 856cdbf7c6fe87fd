import type { Locale } from "@rekey/contract/locales";
import type { PageConfig } from "@rekey/contract/page-config";
import { paths } from "@rekey/contract/paths";
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

/**
 * What a page looks like before its JavaScript is there, as HTML: itself where that depends on nothing
 * but `pageConfig` and the language, else the frame around it. For the server, which puts it into the page.
 */
export async function firstPaint(
  path: string,
  locale: Locale,
  pageConfig: PageConfig,
): Promise<string> {
  const known = pageConfig.signedOut && sameForAll.includes(path);
  const [language, page] = await Promise.all([loadLanguage(locale), firstPage(path)]);
  const first = known ? page : { path, Page: Loading };
  return renderToStaticMarkup(
    <StaticRouter location={path === "*" ? "/*" : path}>
      <App
        language={language}
        pageConfig={pageConfig}
        fragmentTokens={noFragmentTokens}
        first={first}
      />
    </StaticRouter>,
  );
}
