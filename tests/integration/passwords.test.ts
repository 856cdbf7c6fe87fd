import { availableParallelism } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { reasonOf } from "../support/api-client.ts";
import { startPasswordRange } from "../support/password-range.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { requestReset, signUp, startRekey } from "../support/rekey.ts";

/** Common nowhere else than with the service that the test starts. */
const BREACHED = "Turquoise-Ladder-20-sings";

test("a password known from a breach is refused wherever one is chosen, and burns no link", async () => {
  const range = await startPasswordRange([BREACHED]);
  onTestFinished(() => range.close());
  const rekey = await startRekey("pglite", { PWNED_PASSWORDS_URL: range.url });
  onTestFinished(() => rekey.stop());
  const { email, client } = await signUp(rekey);
  const { trpc } = rekey.client();

  const person = { email: freshEmail(), name: "Eve", password: BREACHED };
  expect(await reasonOf(trpc.signUp.mutate(person))).toBe("PASSWORD_TOO_COMMON");
  const change = { currentPassword: PASSWORD, password: BREACHED };
  expect(await reasonOf(client.trpc.changePassword.mutate(change))).toBe("PASSWORD_TOO_COMMON");
  const { token } = await requestReset(rekey, email);
  const refused = trpc.resetPassword.mutate({ token, password: BREACHED });
  expect(await reasonOf(refused)).toBe("PASSWORD_TOO_COMMON");

  // No more than a prefix of five was told of any of them, and of common ones nothing.
  const told = range.asked.map(({ path }) => path);
  expect(told).toHaveLength(4);
  for (const path of told) expect(path).toMatch(/^\/range\/[0-9A-F]{5}$/);
  const common = { email: freshEmail(), name: "Eve", password: "P@ssw0rd" };
  expect(await reasonOf(trpc.signUp.mutate(common))).toBe("PASSWORD_TOO_COMMON");
  expect(range.asked).toHaveLength(4);

  // Signing in looks nothing up.
  await trpc.signIn.mutate({ email, password: PASSWORD });
  expect(range.asked).toHaveLength(4);

  range.answerWith(503);
  expect(await trpc.resetPassword.mutate({ token, password: NEW_PASSWORD })).toEqual({
    status: "reset",
  });
  const metrics = await (await fetch(`${rekey.url}/metrics`)).text();
  expect(metrics).toContain('rekey_breach_checks_total{outcome="breached"} 3');
  expect(metrics).toContain('rekey_breach_checks_total{outcome="failed"} 1');
});

test("a flood of sign-ins takes turns, and what is too much is told to come back", async () => {
  const rekey = await startRekey("pglite");
  onTestFinished(() => rekey.stop());
  const { email } = await signUp(rekey);
  const cores = availableParallelism();
  /** Ten in each request, so that they come faster than they are worked off. */
  const requests = 25 * cores + 30;

  let over = false;
  const seen = { inside: 0, waiting: 0 };
  const watching = (async () => {
    while (!over) {
      const text = await (await fetch(`${rekey.url}/metrics`)).text();
      for (const state of ["inside", "waiting"] as const) {
        const [, count] = text.match(`rekey_password_calls{state="${state}"} (\\d+)`) ?? [];
        seen[state] = Math.max(seen[state], Number(count));
      }
    }
  })();
  // Known and unknown by turns: both wait for the same.
  const emails = Array.from({ length: 10 }, (_, i) => (i % 2 ? email : freshEmail()));
  const calls = emails.map((each) => ({ email: each, password: "a wrong guess" }));
  const answers = await Promise.all(
    Array.from({ length: requests }, async () => {
      const path = `/trpc/${emails.map(() => "signIn").join(",")}?batch=1`;
      const response = await fetch(rekey.url + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...calls }),
      });
      return (await response.json()) as {
        error: { data: { reason: string; retryAfter?: number } };
      }[];
    }),
  );
  over = true;
  await watching;

  const outcomes = answers.flatMap((batch) =>
    batch.map(({ error: { data } }, i) => ({ ...data, known: i % 2 })),
  );
  expect(new Set(outcomes.map(({ reason }) => reason))).toEqual(
    new Set(["INVALID_CREDENTIALS", "RATE_LIMITED"]),
  );
  const refused = outcomes.filter(({ reason }) => reason === "RATE_LIMITED");
  expect(new Set(refused.map(({ retryAfter }) => retryAfter))).toEqual(new Set([5]));
  expect(new Set(refused.map(({ known }) => known))).toEqual(new Set([0, 1]));
  expect(seen.inside).toBeGreaterThan(0);
  expect(seen.inside).toBeLessThanOrEqual(cores + 1);
  expect(seen.waiting).toBeLessThanOrEqual(250 * cores);
  // Nobody's tries were used up by being turned away, and the door is open again.
  const { trpc } = rekey.client();
  expect((await trpc.signIn.mutate({ email, password: PASSWORD })).account.email).toBe(email);
});
