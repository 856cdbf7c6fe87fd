import { timingSafeEqual } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { isLoopbackHost } from "./loopback.ts";

const LOOPBACK_ADDRESSES = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Headers that proxies add to what they pass on, one or another. */
const PROXY_HEADERS = [
  "cdn-loop",
  "cf-connecting-ip",
  "client-ip",
  "fastly-client-ip",
  "forwarded",
  "true-client-ip",
  "via",
  "x-client-ip",
  "x-cluster-client-ip",
  "x-forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-forwarded-server",
  "x-original-forwarded-for",
  "x-real-ip",
];

export interface OperatorAccessOptions {
  /** METRICS_TOKEN, or null. */
  token: string | null;
  trustedProxies: number;
}

export type OperatorAccess = (c: Context) => boolean;

/**
 * Decides who may read what is for operators: a caller with the token, and one on loopback that speaks
 * to this process itself. A proxy on this host connects from loopback too, so nothing that looks like
 * a proxy's request counts as local: a header that proxies add, HTTP/1.0 (nginx's default towards its
 * upstream), a Host that is not a name of loopback, or a configured proxy (`TRUSTED_PROXIES`).
 */
export function createOperatorAccess({
  token,
  trustedProxies,
}: OperatorAccessOptions): OperatorAccess {
  return (c) => {
    const [, given = ""] = (c.req.header("authorization") ?? "").split("Bearer ");
    if (token !== null && sameText(given, token)) return true;
    return trustedProxies === 0 && isDirect(c) && isLocal(c);
  };
}

function isLocal(c: Context): boolean {
  return LOOPBACK_ADDRESSES.has(getConnInfo(c).remote.address ?? "");
}

function isDirect(c: Context): boolean {
  const { incoming } = c.env as HttpBindings;
  const host = URL.parse(`http://${c.req.header("host") ?? ""}`)?.hostname ?? "";
  return (
    incoming.httpVersion !== "1.0" &&
    isLoopbackHost(host) &&
    PROXY_HEADERS.every((name) => c.req.header(name) === undefined)
  );
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
