import { defaultPageConfig, type PageConfig, pageConfigSchema } from "@rekey/contract/page-config";
import { createContext, useContext } from "react";

/** Reads what the server wrote into the page. Where it wrote nothing, as in development, defaults stand. */
export function readPageConfig(text: string | null | undefined): PageConfig {
  const given: unknown = JSON.parse(text || "{}");
  return pageConfigSchema.parse({ ...defaultPageConfig, ...Object(given) });
}

export const PageConfigContext = createContext<PageConfig>(defaultPageConfig);

export function usePageConfig(): PageConfig {
  return useContext(PageConfigContext);
}
