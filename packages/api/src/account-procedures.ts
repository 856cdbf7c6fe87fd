import type { Accounts } from "@rekey/accounts/accounts";
import { type Inputs, outputs } from "@rekey/contract/procedures";
import type { ApiContext } from "./context.ts";
import type { Limits } from "./limits.ts";
import { orRefuse, RefusalError } from "./refusal-error.ts";
import { inTurn, limitedMutation, mutation, orWait, query, tokenMutation } from "./trpc.ts";

export function accountProcedures(accounts: Accounts, inputs: Inputs, limits: Limits) {
  const sessionOf = ({ cookie }: ApiContext) =>
    cookie === null ? null : accounts.findSession(cookie);

  /** The browser's new session, which ends the one it came with (ASVS 7.2.4), and what it is known by. */
  async function handSession(ctx: ApiContext, given: { cookie: string; device: string }) {
    if (ctx.cookie !== null) await accounts.endReplaced(ctx.cookie);
    ctx.setCookie(given.cookie);
    ctx.setDevice(given.device);
  }

  async function sessionOrRefuse(ctx: ApiContext) {
    const session = await sessionOf(ctx);
    if (session === null) throw new RefusalError({ reason: "UNAUTHENTICATED" });
    return session;
  }

  /** For somebody who is signed in; the context has their session. */
  const signedInQuery = query.use(async ({ ctx, next }) =>
    next({ ctx: { session: await sessionOrRefuse(ctx) } }),
  );
  const signedInMutation = mutation.use(async ({ ctx, next }) => {
    const session = await sessionOrRefuse(ctx);
    orWait(await limits.writes(session, ctx.requester.network));
    return next({ ctx: { session } });
  });

  return {
    signUp: limitedMutation(limits.signUp)
      .input(inputs.signUp)
      .output(outputs.signUp)
      .mutation(async ({ input, ctx }) => {
        const outcome = orRefuse(await accounts.signUp(input, ctx.requester, ctx.device));
        ctx.setDevice(outcome.device);
        return outcome;
      }),

    verifyEmail: tokenMutation(limits.wrongTokens)
      .input(inputs.verifyEmail)
      .output(outputs.verifyEmail)
      .mutation(async ({ input, ctx }) => {
        const outcome = orRefuse(await accounts.verifyEmail(input, ctx.requester, ctx.device));
        await handSession(ctx, outcome);
        return outcome;
      }),

    signIn: mutation
      .input(inputs.signIn)
      .output(outputs.signIn)
      .use(inTurn(limits.passwords))
      .mutation(async ({ input, ctx }) => {
        const credentials = { ...input, device: ctx.device };
        const outcome = orRefuse(await accounts.signIn(credentials, ctx.requester));
        await handSession(ctx, outcome);
        return outcome;
      }),

    signOut: mutation.output(outputs.signOut).mutation(async ({ ctx }) => {
      if (ctx.cookie !== null) await accounts.signOut(ctx.cookie, ctx.requester);
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
      .mutation(async ({ input, ctx }) => {
        const { currentPassword, password } = input;
        return orRefuse(
          await accounts.changePassword(ctx.session, currentPassword, password, ctx.requester),
        );
      }),

    sessions: signedInQuery
      .output(outputs.sessions)
      .query(({ ctx }) => accounts.listSessions(ctx.session)),

    endSession: signedInMutation
      .input(inputs.endSession)
      .output(outputs.endSession)
      .mutation(({ input, ctx }) => accounts.endSession(ctx.session, input.id, ctx.requester)),

    endOtherSessions: signedInMutation
      .output(outputs.endOtherSessions)
      .mutation(({ ctx }) => accounts.endOtherSessions(ctx.session, ctx.requester)),

    activity: signedInQuery
      .output(outputs.activity)
      .query(({ ctx }) => accounts.activity(ctx.session)),

    mailTrouble: signedInQuery
      .output(outputs.mailTrouble)
      .query(({ ctx }) => accounts.mailTrouble(ctx.session)),

    resumeMail: signedInMutation
      .output(outputs.resumeMail)
      .mutation(({ ctx }) => accounts.resumeMail(ctx.session)),

    setLanguage: signedInMutation
      .input(inputs.setLanguage)
      .output(outputs.setLanguage)
      .mutation(({ input, ctx }) => accounts.setLanguage(ctx.session, input.locale, ctx.requester)),
  };
}
