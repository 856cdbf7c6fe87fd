import { type Inputs, outputs } from "@rekey/contract/procedures";
import type { Recovery } from "@rekey/recovery/recovery";
import type { Limits } from "./limits.ts";
import { orRefuse } from "./refusal-error.ts";
import { codeMutation, limitedMutation, tokenMutation } from "./trpc.ts";

export function recoveryProcedures(recovery: Recovery, inputs: Inputs, limits: Limits) {
  const withToken = tokenMutation(limits.wrongTokens);
  const withCode = codeMutation(limits.wrongCodes);
  return {
    requestReset: limitedMutation(limits.requestReset)
      .input(inputs.requestReset)
      .output(outputs.requestReset)
      .mutation(({ input, ctx }) => recovery.request(input.email, ctx.requester)),

    redeemCode: withCode
      .input(inputs.redeemCode)
      .output(outputs.redeemCode)
      .mutation(async ({ input }) =>
        orRefuse(await recovery.redeemCode(input.request, input.code)),
      ),

    inspectResetToken: withToken
      .input(inputs.inspectResetToken)
      .output(outputs.inspectResetToken)
      .mutation(async ({ input }) => orRefuse(await recovery.inspect(input.token))),

    resetPassword: withToken
      .input(inputs.resetPassword)
      .output(outputs.resetPassword)
      .mutation(async ({ input, ctx }) =>
        orRefuse(await recovery.reset(input.token, input.password, ctx.requester)),
      ),

    inspectNotMeToken: withToken
      .input(inputs.inspectNotMeToken)
      .output(outputs.inspectNotMeToken)
      .mutation(async ({ input }) => orRefuse(await recovery.inspectNotMe(input.token))),

    cancelReset: withToken
      .input(inputs.cancelReset)
      .output(outputs.cancelReset)
      .mutation(async ({ input, ctx }) =>
        orRefuse(await recovery.cancel(input.token, ctx.requester)),
      ),

    secureAccount: withToken
      .input(inputs.secureAccount)
      .output(outputs.secureAccount)
      .mutation(async ({ input, ctx }) =>
        orRefuse(await recovery.secure(input.token, ctx.requester)),
      ),
  };
}
