import { expect, onTestFinished, test } from "vitest";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { requestReset, signUp, startRekey } from "../support/rekey.ts";

test("over the budget mails wait and admins are told, while the API answers as ever and notices go out", async () => {
  const admin = "ops@example.test";
  const rekey = await startRekey("pglite", { MAIL_BUDGET_PER_HOUR: "3", ADMINS: admin });
  onTestFinished(() => rekey.stop());
  const { trpc } = rekey.client();
  const { email } = await signUp(rekey);
  // No mail is due to nobody, so it costs nothing.
  await trpc.requestReset.mutate({ email: freshEmail("nobody") });
  await requestReset(rekey, email);
  const { token } = await requestReset(rekey, email);

  const answer = await trpc.requestReset.mutate({ email });
  expect(answer).toEqual({ status: "accepted" });
  const person = { email: freshEmail(), name: "Grace", password: PASSWORD };
  expect(await trpc.signUp.mutate(person)).toEqual({ status: "accepted" });

  const alert = await rekey.mailbox.mailTo(admin, /MAIL_BUDGET_PER_HOUR is used up/);
  expect(alert.text).not.toContain(email);
  const measured = async () => (await fetch(`${rekey.url}/metrics`)).text();
  await expect.poll(measured).toMatch(/^rekey_mail_over_budget_total [1-9]/m);
  await expect.poll(measured).toContain('{kind="sign-up",state="deferred"} 1');
  expect(rekey.mailbox.to(person.email)).toEqual([]);

  // The link that is out already works as long as the newer one is not, and its notice is sent.
  await trpc.resetPassword.mutate({ token, password: NEW_PASSWORD });
  await rekey.mailbox.mailTo(email, /was changed/);
});
