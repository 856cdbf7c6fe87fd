// First of all, before anything could read the address: the token leaves it.
import { fragmentTokens } from "./app/fragment-tokens.ts";
import "./lib/zod-without-eval.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { firstLanguage } from "./lib/i18n/language.ts";
import { readPageConfig } from "./lib/page-config.ts";
import { showTheme } from "./lib/theme.ts";
import "virtual:palette.css";
import "./styles/tokens.css";
import "./styles/base.css";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root");
const pageConfig = readPageConfig(document.getElementById("page-config")?.textContent);
showTheme();
const language = await firstLanguage();

createRoot(root).render(
  <StrictMode>
    <App language={language} pageConfig={pageConfig} fragmentTokens={fragmentTokens} />
  </StrictMode>,
);
