import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reasonOf } from "../support/api-client.ts";
import { tokenIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { type Rekey, signUp, startRekey } from "../support/rekey.ts";

const DAY = 24 * 3600;

let rekey: Rekey;
beforeAll(async () => {
  rekey = await startRekey("pglite");
});
afterAll(() => rekey?.stop());

describe("signing up", () => {
  const wish = (email: string) => ({ email, name: "Ada", password: PASSWORD });

  test("is answered alike for a free and a taken address, and only the owner hears more", async () => {
    const { email } = await signUp(rekey);
    const free = freshEmail();
    const { trpc } = rekey.client();
    expect(await trpc.signUp.mutate(wish(free))).toEqual({ status: "accepted" });
    expect(await trpc.signUp.mutate(wish(email))).toEqual({ status: "accepted" });
    await rekey.mailbox.mailTo(free, /verify-email#/);
    await rekey.mailbox.mailTo(email, /already have an account/i);
  });

  test("makes no account before the mailbox has answered", async () => {
    const email = freshEmail();
    const { trpc } = rekey.client();
    await trpc.signUp.mutate(wish(email));
    const signIn = () => trpc.signIn.mutate({ email, password: PASSWORD });
    expect(await reasonOf(signIn())).toBe("INVALID_CREDENTIALS");
    const token = tokenIn(await rekey.mailbox.mailTo(email, /verify-email/), "verify-email");
    expect((await trpc.verifyEmail.mutate({ token })).account.email).toBe(email);
    expect((await signIn()).account.email).toBe(email);
    expect(await reasonOf(trpc.verifyEmail.mutate({ token }))).toBe("TOKEN_USED");
  });

  test("can be confirmed for a day", async () => {
    const email = freshEmail();
    const { trpc } = rekey.client();
    await trpc.signUp.mutate(wish(email));
    const token = tokenIn(await rekey.mailbox.mailTo(email, /verify-email/), "verify-email");
    await rekey.passSeconds(DAY + 1);
    expect(await reasonOf(trpc.verifyEmail.mutate({ token }))).toBe("TOKEN_EXPIRED");
  });
});

describe("signing in", () => {
  test("refuses a wrong password and an unknown address with the same words", async () => {
    const { email } = await signUp(rekey);
    const words = async (address: string) => {
      const response = await fetch(`${rekey.url}/trpc/signIn`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: address, password: "not this one" }),
      });
      return [response.status, await response.text()];
    };
    expect(await words(email)).toEqual(await words(freshEmail("nobody")));
  });

  test("is possible with the letters of the address in any case", async () => {
    const { email } = await signUp(rekey);
    const shouted = { email: email.toUpperCase(), password: PASSWORD };
    expect((await rekey.client().trpc.signIn.mutate(shouted)).account.email).toBe(email);
  });

  test("is over after a fortnight without a visit, and after thirty days with visits", async () => {
    const [idle, busy] = [await signUp(rekey), await signUp(rekey)];
    const signedIn = async ({ client }: typeof idle) =>
      (await client.trpc.me.query()).account !== null;
    await rekey.passSeconds(10 * DAY);
    expect(await signedIn(busy)).toBe(true);
    await rekey.passSeconds(10 * DAY);
    expect([await signedIn(busy), await signedIn(idle)]).toEqual([true, false]);
    await rekey.passSeconds(11 * DAY);
    expect(await signedIn(busy)).toBe(false);
  });
});

test("a change of password needs the current one, ends the other sessions and keeps this one", async () => {
  const { email, client } = await signUp(rekey);
  const other = rekey.client();
  await other.trpc.signIn.mutate({ email, password: PASSWORD });
  const change = (currentPassword: string) =>
    client.trpc.changePassword.mutate({ currentPassword, password: NEW_PASSWORD });
  expect(await reasonOf(change("not this one"))).toBe("INVALID_CREDENTIALS");
  expect(await change(PASSWORD)).toEqual({ status: "changed" });
  expect((await client.trpc.me.query()).account?.email).toBe(email);
  expect((await other.trpc.me.query()).account).toBeNull();
});

test("the owner sees what happened to the account, newest first", async () => {
  const { client } = await signUp(rekey);
  await client.trpc.changePassword.mutate({ currentPassword: PASSWORD, password: NEW_PASSWORD });
  const { events } = await client.trpc.activity.query();
  const times = events.map(({ at }) => Date.parse(at));
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(events[0]).toMatchObject({ action: expect.stringMatching(/password/) });
});
