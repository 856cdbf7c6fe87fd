import { isPasswordReason, type Refusal } from "@rekey/contract/reasons";
import type { TRPCError } from "@trpc/server";
import { $ZodError } from "zod/v4/core";
import { RefusalError } from "./refusal-error.ts";

/**
 * What a client is told of an error. Anything that was not foreseen is `INTERNAL` with the id under
 * which the log has the rest.
 */
export function toRefusal(error: TRPCError, requestId: string): Refusal {
  if (error instanceof RefusalError) return error.refusal;
  switch (error.code) {
    case "BAD_REQUEST":
      if (error.cause instanceof $ZodError) return inputRefusal(error.cause);
      return error.cause instanceof SyntaxError
        ? invalidRequest("The body is not JSON")
        : invalidRequest("The request could not be read");
    case "PARSE_ERROR":
      return invalidRequest("The body is not JSON");
    case "UNSUPPORTED_MEDIA_TYPE":
      return notJson;
    case "PAYLOAD_TOO_LARGE":
      return tooLarge;
    case "METHOD_NOT_SUPPORTED":
      return wrongMethod;
    case "NOT_FOUND":
      return invalidRequest("There is no such procedure");
    default:
      return { reason: "INTERNAL", requestId };
  }
}

/** A request that is wrong as a whole, rather than in a field. */
export function invalidRequest(message: string): Refusal {
  return { reason: "INVALID_INPUT", issues: [{ path: "", message }] };
}

/** What the host, too, says of requests that the router is not let see. */
export const tooLarge = invalidRequest("The request is larger than 64 kB");
export const notJson = invalidRequest("Send the input as application/json");
export const wrongMethod = invalidRequest("Call queries with GET and everything else with POST");

/** A bad password has a reason of its own; everything else names the fields. */
function inputRefusal(error: $ZodError): Refusal {
  const reasons = error.issues.map((issue) =>
    issue.code === "custom" ? issue.params?.reason : undefined,
  );
  const [first] = reasons;
  if (error.issues.length === 1 && isPasswordReason(first)) return { reason: first };
  return {
    reason: "INVALID_INPUT",
    issues: error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
  };
}
