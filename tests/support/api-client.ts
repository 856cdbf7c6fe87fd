import type { AppRouter } from "@rekey/api/router";
import {
  commonReasons,
  type ProcedureName,
  procedureReasons,
} from "@rekey/contract/procedure-reasons";
import type { Reason } from "@rekey/contract/reasons";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";

/** A typed client with a cookie jar of its own: one browser's worth of session. */
export function createApiClient(url: string, headers: Record<string, string> = {}) {
  const jar = new Map<string, string>();
  const trpc = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/trpc`,
        headers: () => ({
          ...headers,
          ...(jar.size > 0 && { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join("; ") }),
        }),
        async fetch(input, init) {
          const response = await fetch(input as string, init as RequestInit);
          for (const line of response.headers.getSetCookie()) {
            const [, name = "", value = ""] = line.match(/^([^=]+)=([^;]*)/) ?? [];
            if (value === "") jar.delete(name);
            else jar.set(name, value);
          }
          if (!response.ok) await expectDeclared(response.clone());
          return response;
        },
      }),
    ],
  });
  return { trpc, jar };
}

/** The contract says with which reasons each procedure can fail; no test ever meets another one. */
async function expectDeclared(response: Response): Promise<void> {
  const { error } = (await response.json()) as { error?: { data?: { reason?: Reason } } };
  const reason = error?.data?.reason;
  const name = new URL(response.url).pathname.replace("/trpc/", "");
  if (reason === undefined || !(name in procedureReasons)) return;
  const declared: readonly Reason[] = [
    ...procedureReasons[name as ProcedureName],
    ...commonReasons,
  ];
  if (!declared.includes(reason)) throw new Error(`${name} does not declare ${reason}`);
}

export type ApiClient = ReturnType<typeof createApiClient>;

/** The reason a call was refused with; throws when it was not. */
export async function reasonOf(call: Promise<unknown>): Promise<Reason> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError && error.data) return error.data.reason;
    throw error;
  }
  throw new Error("The call was not refused");
}
