import { paths } from "@rekey/contract/paths";
import type { Context, Handler } from "hono";
import type { Config } from "./config.ts";
import { writeSentCookie } from "./sent-cookie.ts";

/** Sends a request on to the API, as this client. */
export type CallApi = (c: Context, path: string, input: object) => Promise<Response>;

/**
 * Asks for a reset by a plain form, for somebody whose JavaScript has not come, or is off. It goes the way
 * of any other request, through the API and its limits, and ends on the page that waits.
 */
export function takeResetForm(config: Config, call: CallApi): Handler {
  return async (c) => {
    const email = new URLSearchParams(await c.req.text()).get("email") ?? "";
    const response = await call(c, "/trpc/requestReset", { email });
    if (!response.ok) {
      const wait = response.headers.get("retry-after");
      if (wait !== null) c.header("Retry-After", wait);
      return c.redirect(paths.forgotPassword, 303);
    }
    const { result } = (await response.json()) as { result: { data: { request?: string } } };
    const { request } = result.data;
    const requests = request === undefined ? [] : [request];
    const sent = { kind: "reset", email, sentAt: Date.now(), requests };
    writeSentCookie(c, { sent }, config.resetTokenTtl, config.appUrl.startsWith("https:"));
    return c.redirect(paths.checkMail, 303);
  };
}
