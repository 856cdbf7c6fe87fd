import { callers, RUSH_SECONDS } from "@rekey/accounts/throttle";
import type { Reason } from "@rekey/contract/reasons";
import { initTRPC, TRPCError } from "@trpc/server";
import type { ApiContext } from "./context.ts";
import type { Limits, WrongTokens } from "./limits.ts";
import { messageOf, RefusalError } from "./refusal-error.ts";
import { toRefusal } from "./to-refusal.ts";

const t = initTRPC.context<ApiContext>().create({
  isDev: false,
  errorFormatter({ shape, error, ctx }) {
    const refusal = toRefusal(error, ctx?.requester.requestId ?? "unknown");
    const { code, httpStatus } = shape.data;
    return { ...shape, message: messageOf(refusal), data: { code, httpStatus, ...refusal } };
  },
});

export const { router } = t;

const procedure = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) {
    ctx.observe(path, null);
    return result;
  }
  const { error } = result;
  ctx.observe(path, toRefusal(error, ctx.requester.requestId).reason);
  // Worth another try, to clients and to proxies alike, as a fault of ours is not.
  if (error.code === "INTERNAL_SERVER_ERROR" && ctx.isOutage(error.cause)) {
    throw new TRPCError({ code: "SERVICE_UNAVAILABLE", cause: error.cause });
  }
  return result;
});

export const query = procedure;

/** Whatever changes something is refused when another site's page makes a browser send it. */
export const mutation = procedure.use(({ ctx, next }) => {
  if (ctx.crossSite) throw new RefusalError({ reason: "FORBIDDEN_ORIGIN" });
  return next();
});

/** A mutation that counts against a limit of its own for each network. */
export function limitedMutation(consume: (network: string) => Promise<number>) {
  return mutation.use(async ({ ctx, next }) => {
    orWait(await consume(ctx.requester.network));
    return next();
  });
}

/** A mutation that takes a token. */
export const tokenMutation = (wrong: WrongTokens) => guardedMutation(wrong, ["TOKEN_INVALID"]);

/** A mutation that takes a code. */
export const codeMutation = (wrong: WrongTokens) =>
  guardedMutation(wrong, ["CODE_WRONG", "CODE_DEAD"]);

/**
 * A network that tried too many wrong tokens or codes, which were refused for one of `reasons`, is put
 * off before it may try another (OWASP ASVS 6.3.1).
 */
function guardedMutation({ wait, count }: WrongTokens, reasons: readonly Reason[]) {
  return mutation.use(async ({ ctx, next }) => {
    const { network, requestId } = ctx.requester;
    orWait(await wait(network));
    const result = await next();
    if (!result.ok && reasons.includes(toRefusal(result.error, requestId).reason)) {
      orWait(await count(network));
    }
    return result;
  });
}

/**
 * Takes turns at what costs time and memory, hashing. Nothing was looked up or counted before a call
 * is turned away, so that tells nothing of the account and costs its owner no try.
 */
export function inTurn(gate: Limits["passwords"]) {
  return t.middleware(({ ctx, next }) => {
    const turn = gate.enter(callers(ctx.requester.network), () => next());
    if (turn === null) throw new RefusalError({ reason: "RATE_LIMITED", retryAfter: RUSH_SECONDS });
    return turn;
  });
}

/** Refuses with the seconds to wait, if there are any. */
export function orWait(retryAfter: number): void {
  if (retryAfter > 0) throw new RefusalError({ reason: "RATE_LIMITED", retryAfter });
}
