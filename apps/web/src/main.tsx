// Before the token leaves the address: it goes along to where the page belongs.
import "./app/go-to-own-address.ts";
// First of all, before anything could read the address: the token leaves it.
import { fragmentTokens } from "./app/fragment-tokens.ts";
import "./lib/zod-without-eval.ts";
import { StrictMode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router-dom";
import { App } from "./app/app.tsx";
import { firstPage } from "./app/pages.ts";
import { keepEarlyInput } from "./lib/early-input.ts";
import { firstLanguage } from "./lib/i18n/language.ts";
import { readPageConfig } from "./lib/page-config.ts";
import { takeSentCookie } from "./lib/sent-cookie.ts";
import { chosenTheme } from "./lib/theme.ts";
import "virtual:palette.css";
import "./styles/tokens.css";
import "./styles/base.css";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root");
const pageConfig = readPageConfig(document.getElementById("page-config")?.textContent);
const [language, first] = await Promise.all([firstLanguage(), firstPage(location.pathname)]);

takeSentCookie();
keepEarlyInput(root);
const app = (
  <StrictMode>
    {/* Declarative: the data router's loaders and actions, which nothing here uses, weigh 16 kB. */}
    <BrowserRouter>
      <App
        language={language}
        theme={chosenTheme()}
        pageConfig={pageConfig}
        fragmentTokens={fragmentTokens}
        first={first}
      />
    </BrowserRouter>
  </StrictMode>
);
// At once: what is typed from now on goes into the form itself.
flushSync(() => createRoot(root).render(app));
