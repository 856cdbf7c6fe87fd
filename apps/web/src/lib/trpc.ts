import { type AppRouter, createRekeyClient } from "@rekey/client";
import { TIME_ZONE_HEADER } from "@rekey/contract/time-zone";
import { createTRPCContext } from "@trpc/tanstack-react-query";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

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
