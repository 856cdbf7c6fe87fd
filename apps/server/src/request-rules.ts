import { invalidRequest, notJson, tooLarge, wrongMethod } from "@rekey/api/to-refusal";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { StatusCode } from "hono/utils/http-status";
import { refusedRequest } from "./refused-request.ts";

const MAX_BODY = 64 * 1024;
/** Calls in one request. Each counts against the limits by itself. */
export const MAX_BATCH = 10;

/** As nginx counts it: the client hung up before its request was whole, so nobody hears the answer. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * Takes the whole body in, as far as `limit` lets it, before anything is done with it. Reading fails
 * only if the client hangs up, is too slow or sends no HTTP, and none of that is a failure of ours.
 */
export function wholeBody(
  limit: MiddlewareHandler,
  read: "text" | "arrayBuffer",
): MiddlewareHandler {
  return async (c, next) => {
    let isWhole = false;
    try {
      const refusal = await limit(c, async () => {
        await c.req[read]();
        isWhole = true;
      });
      if (!isWhole) return refusal;
    } catch {
      return c.body(null, CLIENT_CLOSED_REQUEST as StatusCode);
    }
    return next();
  };
}

const refuseLarge = (c: Context) => c.json(...refusedRequest("PAYLOAD_TOO_LARGE", tooLarge));
const limitUnannounced = bodyLimit({ maxSize: MAX_BODY, onError: refuseLarge });

/**
 * Refuses a body over 64 kB, by its announced length or, where none is announced, as it comes in. The
 * library alone would look at the body first, and make a web stream of each.
 */
export const limitBody: MiddlewareHandler = async (c, next) => {
  const length = c.req.header("content-length");
  if (length === undefined || c.req.header("transfer-encoding") !== undefined) {
    return limitUnannounced(c, next);
  }
  return Number(length) > MAX_BODY ? refuseLarge(c) : next();
};

/**
 * Lets through what a client of ours sends: GET, and POST of JSON. The router would take forms and
 * bytes too, which a page of another site can send without asking (a "simple request" of Fetch).
 */
export const acceptJsonOnly: MiddlewareHandler = async (c, next) => {
  const { method } = c.req;
  if (method !== "GET" && method !== "POST") {
    c.header("Allow", "GET, POST");
    return c.json(...refusedRequest("METHOD_NOT_SUPPORTED", wrongMethod));
  }
  if (method === "POST" && mediaType(c.req.header("content-type")) !== "application/json") {
    return c.json(...refusedRequest("UNSUPPORTED_MEDIA_TYPE", notJson));
  }
  // Counted as the router will: it splits the decoded path at its commas.
  if (c.req.query("batch") === "1" && c.req.path.split(/,|%2c/i).length > MAX_BATCH) {
    const refusal = invalidRequest(`Send at most ${MAX_BATCH} calls in one batch`);
    return c.json(...refusedRequest("BAD_REQUEST", refusal));
  }
  return next();
};

/** Type and subtype, which are what is compared (RFC 9110 8.3.1); parameters are passed over. */
function mediaType(header = ""): string {
  return (header.split(";", 1)[0] ?? "").trim().toLowerCase();
}
