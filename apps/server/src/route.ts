import type { Context } from "hono";
import { routePath } from "hono/route";
import type { HttpEnv } from "./http-log.ts";

/**
 * What a request asked for, as logs, metrics, traces and alerts name it: the procedure, or the router's
 * pattern. Never the path itself: callers choose it, at any length, and it may hold a token.
 */
export function routeOf(c: Context<HttpEnv>): string {
  return c.get("procedure") ?? routePath(c);
}
