import { initTRPC } from "@trpc/server";
import type { ApiContext } from "./context.ts";
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
  ctx.observe(path, result.ok ? null : toRefusal(result.error, ctx.requester.requestId).reason);
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
    const retryAfter = await consume(ctx.requester.network);
    if (retryAfter > 0) throw new RefusalError({ reason: "RATE_LIMITED", retryAfter });
    return next();
  });
}
