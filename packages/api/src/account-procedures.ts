import type { Accounts } from "@rekey/accounts/accounts";
import { type Inputs, outputs } from "@rekey/contract/procedures";
import type { ApiContext } from "./context.ts";
import type { Limits } from "./limits.ts";
import { orRefuse, RefusalError } from "./refusal-error.ts";
import { inTurn, limitedMutation, mutation, query, tokenMutation } from "./trpc.ts";

export function accountProcedures(accounts: Accounts, inputs: Inputs, limits: Limits) {
  const sessionOf = ({ cookie }: ApiContext) =>
    cookie === null ? null : accounts.findSession(cookie);

  /** The browser's new session, which ends the one it came with (ASVS 7.2.4). */
  async function handSession(ctx: ApiContext, cookie: string): Promise<void> {
    if (ctx.cookie !== null) await accounts.signOut(ctx.cookie);
    ctx.setCookie(cookie);
  }

  /** A mutation for somebody who is signed in; its context has their session. */
  const signedInMutation = mutation.use(async ({ ctx, next }) => {
    const session = await sessionOf(ctx);
    if (session === null) throw new RefusalError({ reason: "UNAUTHENTICATED" });
    return next({ ctx: { session } });
  });

  return {
    signUp: limitedMutation(limits.signUp)
      .input(inputs.signUp)
      .output(outputs.signUp)
      .use(inTurn(limits.passwords))
      .mutation(async ({ input, ctx }) => {
        const { locale } = ctx.requester;
        return orRefuse(await accounts.signUp({ ...input, locale }));
      }),

    verifyEmail: tokenMutation(limits.wrongTokens)
      .input(inputs.verifyEmail)
      .output(outputs.verifyEmail)
      .mutation(async ({ input, ctx }) => {
        const outcome = orRefuse(await accounts.verifyEmail(input.token));
        await handSession(ctx, outcome.cookie);
        return outcome;
      }),

    signIn: mutation
      .input(inputs.signIn)
      .output(outputs.signIn)
      .use(inTurn(limits.passwords))
      .mutation(async ({ input, ctx }) => {
        const outcome = orRefuse(
          await accounts.signIn({ ...input, network: ctx.requester.network }),
        );
        await handSession(ctx, outcome.cookie);
        return outcome;
      }),

    signOut: mutation.output(outputs.signOut).mutation(async ({ ctx }) => {
      if (ctx.cookie !== null) await accounts.signOut(ctx.cookie);
      ctx.setCookie(null);
      return { status: "signedOut" as const };
    }),

    me: query.output(outputs.me).query(async ({ ctx }) => {
      const session = await sessionOf(ctx);
      return { account: session?.account ?? null };
    }),

    changePassword: signedInMutation
      .input(inputs.changePassword)
      .output(outputs.changePassword)
      .use(inTurn(limits.passwords))
      .mutation(async ({ input, ctx }) => {
        const { currentPassword, password } = input;
        return orRefuse(await accounts.changePassword(ctx.session, currentPassword, password));
      }),
  };
}
