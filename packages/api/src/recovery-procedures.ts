import { type Inputs, outputs } from "@rekey/contract/procedures";
import type { Recovery } from "@rekey/recovery/recovery";
import type { Limits } from "./limits.ts";
import { RefusalError } from "./refusal-error.ts";
import { limitedMutation, mutation } from "./trpc.ts";

export function recoveryProcedures(recovery: Recovery, inputs: Inputs, limits: Limits) {
  return {
    requestReset: limitedMutation(limits.requestReset)
      .input(inputs.requestReset)
      .output(outputs.requestReset)
      .mutation(({ input }) => recovery.request(input.email)),

    inspectResetToken: mutation
      .input(inputs.inspectResetToken)
      .output(outputs.inspectResetToken)
      .mutation(async ({ input }) => {
        const outcome = await recovery.inspect(input.token);
        if (outcome.status === "refused") throw new RefusalError(outcome);
        return outcome;
      }),

    resetPassword: mutation
      .input(inputs.resetPassword)
      .output(outputs.resetPassword)
      .mutation(async ({ input }) => {
        const outcome = await recovery.reset(input.token, input.password);
        if (outcome.status === "refused") throw new RefusalError(outcome);
        return outcome;
      }),

    cancelReset: mutation
      .input(inputs.cancelReset)
      .output(outputs.cancelReset)
      .mutation(async ({ input }) => {
        const outcome = await recovery.cancel(input.token);
        if (outcome.status === "refused") throw new RefusalError(outcome);
        return outcome;
      }),
  };
}
