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
      return error.cause instanceof $ZodError
        ? inputRefusal(error.cause)
        : invalidRequest("The request could not be read");
    case "PARSE_ERROR":
      return invalidRequest("The body is not JSON");
    case "UNSUPPORTED_MEDIA_TYPE":
      return invalidRequest("Send the input as application/json");
    case "PAYLOAD_TOO_LARGE":
      return tooLarge;
    case "METHOD_NOT_SUPPORTED":
      return invalidRequest("Call queries with GET and everything else with POST");
    case "NOT_FOUND":
      return invalidRequest("There is no such procedure");
    default:
      return { reason: "INTERNAL", requestId };
  }
}

function invalidRequest(message: string): Refusal {
  return { reason: "INVALID_INPUT", issues: [{ path: "", message }] };
}

/** For the host, which refuses a large body before the router sees it. */
export const tooLarge = invalidRequest("The request is larger than 64 kB");

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
