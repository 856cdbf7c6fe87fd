import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "./app-router.ts";

export interface RekeyClientOptions {
  /** Where the API is, such as `https://acme.example/trpc`, or `/trpc` on the page's own origin. */
  url: string;
  /** Sent with every call; a function is asked each time. */
  headers?: Record<string, string> | (() => Record<string, string>);
  /** In place of the global `fetch`, for time-outs or tests. */
  fetch?: typeof fetch;
}

export type RekeyClient = TRPCClient<AppRouter>;

/**
 * A typed client of Rekey's API. Calls reject with an error that `refusalOf` reads. Cookies go along,
 * so that a front end on another origin (`ALLOWED_ORIGINS`) stays signed in where the browser allows.
 *
 * @example
 * const rekey = createRekeyClient({ url: "https://acme.example/trpc" });
 * const { request } = await rekey.requestReset.mutate({ email: "ada@example.com" });
 */
export function createRekeyClient({
  url,
  headers,
  fetch: ownFetch,
}: RekeyClientOptions): RekeyClient {
  const send = ownFetch ?? fetch;
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url,
        ...(headers && { headers }),
        fetch: (input, init) =>
          send(input as string, { credentials: "include", ...(init as RequestInit) }),
      }),
    ],
  });
}
