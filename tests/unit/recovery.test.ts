import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reasonOf } from "../support/api-client.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { type Rekey, requestReset, signUp, startRekey } from "../support/rekey.ts";

/** In seconds. */
const LINK_LIFE = 600;
const COOLDOWN = 60;
const HOUR = 3600;

let rekey: Rekey;
beforeAll(async () => {
  rekey = await startRekey("pglite", { RESET_TOKEN_TTL: String(LINK_LIFE) });
});
afterAll(() => rekey?.stop());

/** An account, a link for it, and somebody who has it. */
async function linkHolder() {
  const { email, client } = await signUp(rekey);
  const link = await requestReset(rekey, email);
  const { trpc } = rekey.client();
  const reset = (password: string, token = link.token) =>
    trpc.resetPassword.mutate({ token, password });
  const inspect = (token = link.token) => trpc.inspectResetToken.mutate({ token });
  return { email, owner: client, trpc, reset, inspect, ...link };
}

describe("a link", () => {
  test("sets the password once", async () => {
    const { reset, inspect, trpc, email } = await linkHolder();
    expect(await reset(NEW_PASSWORD)).toEqual({ status: "reset" });
    expect(await reasonOf(reset(PASSWORD))).toBe("TOKEN_USED");
    expect(await reasonOf(inspect())).toBe("TOKEN_USED");
    expect((await trpc.signIn.mutate({ email, password: NEW_PASSWORD })).account.email).toBe(email);
  });

  test("is not used up by looking at it", async () => {
    const { reset, inspect } = await linkHolder();
    for (let look = 0; look < 3; look += 1) {
      expect((await inspect()).email).toMatch(/^a•••@/);
    }
    expect(await reset(NEW_PASSWORD)).toEqual({ status: "reset" });
  });

  test("is not used up by a password that is refused", async () => {
    const { reset, email } = await linkHolder();
    expect(await reasonOf(reset("short"))).toBe("PASSWORD_TOO_SHORT");
    expect(await reasonOf(reset("password1234"))).toBe("PASSWORD_TOO_COMMON");
    expect(await reasonOf(reset("x".repeat(257)))).toBe("PASSWORD_TOO_LONG");
    expect(await reasonOf(reset(email))).toBe("PASSWORD_TOO_COMMON");
    expect(await reset(NEW_PASSWORD)).toEqual({ status: "reset" });
  });

  test("is replaced by a newer one, which works", async () => {
    const { reset, email, mail } = await linkHolder();
    const newer = await requestReset(rekey, email);
    // Or Gmail would put both into one thread, with the dead link on top.
    const entities = [mail, newer.mail].map(({ parsed }) => parsed.headers.get("x-entity-ref-id"));
    expect(new Set(entities.map(String)).size).toBe(2);
    expect(entities).not.toContain(undefined);
    expect(await reasonOf(reset(NEW_PASSWORD))).toBe("TOKEN_REPLACED");
    expect(await reset(NEW_PASSWORD, newer.token)).toEqual({ status: "reset" });
  });

  test("lives as long as it says", async () => {
    const { reset, inspect } = await linkHolder();
    const expiresAt = Date.parse((await inspect()).expiresAt);
    await rekey.passSeconds((expiresAt - Date.now()) / 1000 + 1);
    expect(await reasonOf(inspect())).toBe("TOKEN_EXPIRED");
    expect(await reasonOf(reset(NEW_PASSWORD))).toBe("TOKEN_EXPIRED");
  });

  test("is cancelled by whoever did not ask for it, and by a link for that alone", async () => {
    const { reset, trpc, token, cancelToken } = await linkHolder();
    expect(await reasonOf(trpc.cancelReset.mutate({ token }))).toBe("TOKEN_INVALID");
    expect(await reasonOf(reset(NEW_PASSWORD, cancelToken))).toBe("TOKEN_INVALID");
    const about = (which: string) => trpc.inspectNotMeToken.mutate({ token: which });
    expect(await reasonOf(about(token))).toBe("TOKEN_INVALID");
    expect(await about(cancelToken)).toMatchObject({ email: expect.stringMatching(/^a•••@/) });
    expect(await about(cancelToken)).toHaveProperty("expiresAt");
    expect(await trpc.cancelReset.mutate({ token: cancelToken })).toEqual({ status: "cancelled" });
    expect(await reasonOf(about(cancelToken))).toBe("TOKEN_USED");
    expect(await reasonOf(reset(NEW_PASSWORD))).toBe("TOKEN_USED");
  });

  test("dies when the password is changed by other means", async () => {
    const { owner, inspect } = await linkHolder();
    const change = { currentPassword: PASSWORD, password: NEW_PASSWORD };
    await owner.trpc.changePassword.mutate(change);
    expect(await reasonOf(inspect())).toBe("TOKEN_USED");
  });

  test("that was altered was never issued", async () => {
    const { inspect, token } = await linkHolder();
    const middle = Math.floor(token.length / 2);
    const letter = token[middle] === "A" ? "B" : "A";
    const altered = token.slice(0, middle) + letter + token.slice(middle + 1);
    expect(await reasonOf(inspect(altered))).toBe("TOKEN_INVALID");
  });
});

test("a reset ends every session and is told to the owner", async () => {
  const { owner, reset, email } = await linkHolder();
  expect((await owner.trpc.me.query()).account?.email).toBe(email);
  await reset(NEW_PASSWORD);
  expect((await owner.trpc.me.query()).account).toBeNull();
  await rekey.mailbox.mailTo(email, /was changed/);
});

test("a request is answered alike for an account and for nobody, field by field", async () => {
  const { email } = await signUp(rekey);
  const answer = async (address: string) => {
    const response = await fetch(`${rekey.url}/trpc/requestReset`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: address }),
    });
    const shapeOf = (value: unknown): unknown => (typeof value === "string" ? value.length : value);
    return [response.status, JSON.parse(await response.text(), (_, value) => shapeOf(value))];
  };
  expect(await answer(email)).toEqual(await answer(freshEmail("nobody")));
});

describe("a mailbox", () => {
  test("gets one mail in each cooldown, and no more than its limit in an hour", async () => {
    const limited = await startRekey("pglite", {
      RESEND_COOLDOWN: String(COOLDOWN),
      RATE_LIMIT_PER_EMAIL: "3",
    });
    try {
      const { email } = await signUp(limited);
      const resets = () =>
        limited.mailbox.to(email).filter(({ text }) => /reset-password#/.test(text)).length;
      /** Resolves when a request for the mailbox, and one for somebody else after it, are worked on. */
      const ask = async () => {
        const { email: other } = await signUp(limited);
        await limited.client().trpc.requestReset.mutate({ email });
        await limited.client().trpc.requestReset.mutate({ email: other });
        await limited.mailbox.mailTo(other, /reset-password#/);
        return resets();
      };
      expect(await ask()).toBe(1);
      expect(await ask()).toBe(1);
      await limited.passSeconds(COOLDOWN + 1);
      expect(await ask()).toBe(2);
      await limited.passSeconds(COOLDOWN + 1);
      expect(await ask()).toBe(3);
      await limited.passSeconds(COOLDOWN + 1);
      expect(await ask()).toBe(3);
      await limited.passSeconds(HOUR + 1);
      expect(await ask()).toBe(4);
    } finally {
      await limited.stop();
    }
  });
});
