import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reasonOf } from "../support/api-client.ts";
import { tokenIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { engines, noPostgres, type Rekey, signUp, startRekey } from "../support/rekey.ts";

const FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0";

describe.each(engines)("on %s", (engine) => {
  describe.skipIf(engine === "postgres" && noPostgres)("a sign-up", () => {
    let rekey: Rekey;
    beforeAll(async () => {
      rekey = await startRekey(engine, { RATE_LIMIT_PER_EMAIL: "2", TRUSTED_PROXIES: "1" });
    });
    afterAll(() => rekey?.stop());

    const browserFrom = (network: string, userAgent = FIREFOX) =>
      rekey.client({ "user-agent": userAgent, "x-forwarded-for": network });

    /** A sign-up by a stranger, and the link that it sent to the mailbox of somebody else. */
    async function strangersLink(email: string) {
      const stranger = browserFrom("203.0.113.9");
      await stranger.trpc.signUp.mutate({ email, name: "Ada Example", password: PASSWORD });
      const token = tokenIn(await rekey.mailbox.mailTo(email, /verify-email/), "verify-email");
      return { stranger, token };
    }

    test("by a stranger opens nothing: confirmed elsewhere, the owner chooses the password", async () => {
      const email = freshEmail();
      const { stranger, token } = await strangersLink(email);
      const owner = rekey.client();
      expect(await reasonOf(owner.trpc.verifyEmail.mutate({ token }))).toBe("PASSWORD_REQUIRED");
      const { account } = await owner.trpc.verifyEmail.mutate({ token, password: NEW_PASSWORD });
      expect(account.email).toBe(email);
      expect((await owner.trpc.me.query()).account?.email).toBe(email);

      const strangers = stranger.trpc.signIn.mutate({ email, password: PASSWORD });
      expect(await reasonOf(strangers)).toBe("INVALID_CREDENTIALS");
      await rekey.client().trpc.signIn.mutate({ email, password: NEW_PASSWORD });
    });

    test("is confirmed without another password in the browser that sent it, several times too", async () => {
      const client = rekey.client();
      const emails = [freshEmail(), freshEmail()];
      for (const email of emails) {
        await client.trpc.signUp.mutate({ email, name: "Ada", password: PASSWORD });
      }
      for (const email of emails) {
        const token = tokenIn(await rekey.mailbox.mailTo(email, /verify-email/), "verify-email");
        expect((await client.trpc.verifyEmail.mutate({ token })).account.email).toBe(email);
        await rekey.client().trpc.signIn.mutate({ email, password: PASSWORD });
      }
    });

    test("is worth as much with the cookie of another sign-up for the same mailbox: nothing", async () => {
      const email = freshEmail();
      const { token } = await strangersLink(email);
      const owner = browserFrom("198.51.100.7");
      await owner.trpc.signUp.mutate({ email, name: "Ada", password: NEW_PASSWORD });
      expect(owner.jar.get("rekey_device")).toMatch(/^[\w-]{43}$/);
      expect(await reasonOf(owner.trpc.verifyEmail.mutate({ token }))).toBe("PASSWORD_REQUIRED");
    });

    test("takes the password that comes with the link, in whatever browser", async () => {
      const email = freshEmail();
      const { stranger: owner, token } = await strangersLink(email);
      await owner.trpc.verifyEmail.mutate({ token, password: NEW_PASSWORD });
      const old = rekey.client().trpc.signIn.mutate({ email, password: PASSWORD });
      expect(await reasonOf(old)).toBe("INVALID_CREDENTIALS");
      await rekey.client().trpc.signIn.mutate({ email, password: NEW_PASSWORD });
    });

    test("keeps its link when a password is refused, and uses it up once, even when ten try", async () => {
      const email = freshEmail();
      const { token } = await strangersLink(email);
      const { trpc } = rekey.client();
      const refusals = {
        short: "PASSWORD_TOO_SHORT",
        password1234: "PASSWORD_TOO_COMMON",
        [" ".repeat(8)]: "PASSWORD_TOO_COMMON",
        [email]: "PASSWORD_TOO_COMMON",
        ["x".repeat(257)]: "PASSWORD_TOO_LONG",
      };
      for (const [password, reason] of Object.entries(refusals)) {
        expect(await reasonOf(trpc.verifyEmail.mutate({ token, password }))).toBe(reason);
      }
      const tries = Array.from({ length: 10 }, () =>
        rekey.client().trpc.verifyEmail.mutate({ token, password: NEW_PASSWORD }),
      );
      const outcomes = await Promise.allSettled(tries);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await reasonOf(trpc.verifyEmail.mutate({ token }))).toBe("TOKEN_USED");
    });

    test("of a stranger never uses up the owner's email, which says where it came from", async () => {
      const email = freshEmail();
      const stranger = browserFrom("203.0.113.9");
      for (let i = 0; i < 6; i++) {
        await stranger.trpc.signUp.mutate({ email, name: `Stranger ${i}`, password: PASSWORD });
      }
      await rekey.idle();
      const owner = browserFrom("198.51.100.7");
      await owner.trpc.signUp.mutate({ email, name: "The Owner", password: NEW_PASSWORD });
      const mail = await rekey.mailbox.mailTo(email, /The Owner/);
      for (const part of [mail.text, mail.html]) {
        expect(part).toContain("198.51.100.7");
        expect(part).toMatch(/Firefox.*Android/);
        expect(part).toMatch(/\d{4} at \d\d:\d\d UTC/);
      }

      // The owner's is the only one beyond the mailbox's limit.
      await rekey.idle();
      expect(rekey.mailbox.to(email).filter(({ text }) => /Stranger/.test(text))).toHaveLength(2);
      expect(rekey.mailbox.to(email)).toHaveLength(3);
    });

    test("with a taken address says where it came from, and sets the same cookie", async () => {
      const { email } = await signUp(rekey);
      const cookieFor = async (address: string) => {
        const response = await fetch(`${rekey.url}/trpc/signUp`, {
          method: "POST",
          headers: { "content-type": "application/json", "x-forwarded-for": "198.51.100.8" },
          body: JSON.stringify({ email: address, name: "Eve", password: NEW_PASSWORD }),
        });
        return response.headers.getSetCookie().map((line) => line.replace(/=[\w-]{43};/, "=…;"));
      };
      const [taken, free] = [await cookieFor(email), await cookieFor(freshEmail())];
      expect(taken).toEqual(free);
      expect(taken).toHaveLength(1);
      expect(taken[0]).toMatch(/HttpOnly/);
      expect(taken[0]).toMatch(/SameSite=Lax/);
      const mail = await rekey.mailbox.mailTo(email, /already have an account/i);
      expect(mail.text).toContain("198.51.100.8");
    });

    test("needs a name and a password that can be seen", async () => {
      const { trpc } = rekey.client();
      const person = { email: freshEmail(), name: "Ada", password: PASSWORD };
      for (const blank of ["\u200b", "\u3164", "\u2800", "\ufe0f\u200d", "\u0301"]) {
        const nameless = trpc.signUp.mutate({ ...person, name: blank });
        expect(await reasonOf(nameless)).toBe("INVALID_INPUT");
        const password = blank.repeat(8).slice(0, 8);
        expect(await reasonOf(trpc.signUp.mutate({ ...person, password }))).toBe(
          "PASSWORD_TOO_COMMON",
        );
      }
      const zeros = trpc.signUp.mutate({ ...person, password: "\0".repeat(8) });
      expect(await reasonOf(zeros)).toBe("PASSWORD_TOO_COMMON");
    });
  });
});
