import { createRekeyClient, type RekeyClient } from "@rekey/client";
import { TIME_ZONE_HEADER } from "@rekey/contract/time-zone";
import { queryOptions } from "@tanstack/react-query";
import { createContext, useContext } from "react";

export const TRPCClientContext = createContext<RekeyClient | null>(null);

/** The API. */
export function useTRPCClient(): RekeyClient {
  const client = useContext(TRPCClientContext);
  if (client === null) throw new Error("There is no TRPCClientContext around this");
  return client;
}

/** Who is signed in, under the one key by which every page knows it. */
export function meQuery(trpc: RekeyClient) {
  return queryOptions({ queryKey: ["me"], queryFn: () => trpc.me.query() });
}

/** Longer than any answer takes, shorter than a person's patience with a dead connection. */
const TIMEOUT_MS = 20_000;

export function createApiClient() {
  return createRekeyClient({
    url: "/trpc",
    // For emails: the page's language, which may be another than the browser's, and the zone of the
    // clock that its reader looks at.
    headers: () => ({
      "accept-language": document.documentElement.lang,
      [TIME_ZONE_HEADER]: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
    fetch: (url, options) =>
      fetch(url, {
        ...options,
        credentials: "same-origin",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }),
  });
}
