import { messageOf } from "@rekey/api/refusal-error";
import type { Refusal } from "@rekey/contract/reasons";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";

const statuses = {
  BAD_REQUEST: 400,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
} as const;

/** What the router would answer, for a request that it is not let see: body and status for `c.json`. */
export function refusedRequest(code: keyof typeof statuses, refusal: Refusal) {
  const httpStatus = statuses[code];
  const error = {
    message: messageOf(refusal),
    code: TRPC_ERROR_CODES_BY_KEY[code],
    data: { code, httpStatus, ...refusal },
  };
  return [{ error }, httpStatus] as const;
}
