import { expect, onTestFinished, test } from "vitest";
import { tokenIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { type Rekey, requestReset, signUp, startRekey } from "../support/rekey.ts";

const ADMIN = "ops@example.test";

async function startWithBudget(perHour: number) {
  const rekey = await startRekey("pglite", {
    MAIL_BUDGET_PER_HOUR: String(perHour),
    ADMINS: ADMIN,
  });
  onTestFinished(() => rekey.stop());
  return rekey;
}

const measured = async ({ url }: Rekey) => (await fetch(`${url}/metrics`)).text();

/** Signs made-up addresses up until their emails wait. */
async function useUpSignUps(rekey: Rekey, perHour: number) {
  const { trpc } = rekey.client();
  for (let i = 0; i < perHour; i++) {
    const person = { email: freshEmail("made-up"), name: "Nobody", password: PASSWORD };
    expect((await trpc.signUp.mutate(person)).status).toBe("accepted");
  }
  await rekey.mailbox.mailTo(ADMIN, /MAIL_BUDGET_PER_HOUR is used up for sign-up/);
}

test("over the budget of sign-ups they wait and admins are told, while resets and notices go out", async () => {
  const rekey = await startWithBudget(3);
  const { email, client } = await signUp(rekey);
  await useUpSignUps(rekey, 3);
  await expect.poll(() => measured(rekey)).toMatch(/^rekey_mail_over_budget_total [1-9]/m);
  await expect.poll(() => measured(rekey)).toContain('{kind="sign-up",state="deferred"} 1');

  const { token } = await requestReset(rekey, email);
  await client.trpc.resetPassword.mutate({ token, password: NEW_PASSWORD });
  const alert = await rekey.mailbox.mailTo(ADMIN, /MAIL_BUDGET_PER_HOUR/);
  expect(alert.text).not.toContain(email);

  // "It wasn't me" takes the password away, so the way back in must come.
  const notice = await rekey.mailbox.mailTo(email, /was changed/);
  const before = rekey.mailbox.to(email).length;
  const { trpc } = rekey.client();
  await trpc.secureAccount.mutate({ token: tokenIn(notice, "secure-account") });
  const secured = await rekey.mailbox.mailTo(email, /reset-password#/, before);
  const password = `${NEW_PASSWORD}!`;
  await trpc.resetPassword.mutate({ token: tokenIn(secured, "reset-password"), password });
  await trpc.signIn.mutate({ email, password });
});

test.each(["known", "unknown"])(
  "a request for a %s address takes the same out of the budget of resets",
  async (kind) => {
    const rekey = await startWithBudget(3);
    const { trpc } = rekey.client();
    const [probe, known] = [await signUp(rekey), await signUp(rekey)];
    const other = kind === "known" ? known.email : freshEmail("nobody");
    await requestReset(rekey, probe.email);
    await requestReset(rekey, probe.email);
    expect(await trpc.requestReset.mutate({ email: other })).toMatchObject({ status: "accepted" });
    expect(await trpc.requestReset.mutate({ email: probe.email })).toMatchObject({
      status: "accepted",
    });
    await rekey.mailbox.mailTo(ADMIN, /MAIL_BUDGET_PER_HOUR is used up for reset-password/);
    await expect
      .poll(() => measured(rekey))
      .toContain('{kind="reset-password",state="deferred"} 1');
  },
);

test("it wasn't me sends the way back in, with the budget of resets used up as well", async () => {
  const rekey = await startWithBudget(1);
  const { email, client } = await signUp(rekey);
  await client.trpc.changePassword.mutate({ currentPassword: PASSWORD, password: NEW_PASSWORD });
  const notice = await rekey.mailbox.mailTo(email, /was changed/);
  const { trpc } = rekey.client();
  for (let i = 0; i < 2; i++) await trpc.requestReset.mutate({ email: freshEmail("made-up") });
  await rekey.mailbox.mailTo(ADMIN, /MAIL_BUDGET_PER_HOUR is used up for reset-password/);

  const before = rekey.mailbox.to(email).length;
  await trpc.secureAccount.mutate({ token: tokenIn(notice, "secure-account") });
  await rekey.mailbox.mailTo(email, /reset-password#/, before);
});
