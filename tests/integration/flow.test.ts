import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reasonOf } from "../support/api-client.ts";
import { tokenIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import {
  engines,
  noPostgres,
  type Rekey,
  requestReset,
  signUp,
  startRekey,
} from "../support/rekey.ts";

describe.each(engines)("on %s", (engine) => {
  describe.skipIf(engine === "postgres" && noPostgres)("the flow", () => {
    let rekey: Rekey;
    beforeAll(async () => {
      rekey = await startRekey(engine);
    });
    afterAll(() => rekey?.stop());

    test("someone who forgot a password gets back in by mail", async () => {
      const { email, client } = await signUp(rekey);
      expect((await client.trpc.me.query()).account).toMatchObject({ email, name: "Ada Example" });

      const { mail, token } = await requestReset(rekey, email);
      expect(mail.text).toContain("Hello Ada Example");
      expect(mail.text).toContain("10 minutes");
      expect(mail.html).toContain(`${rekey.url}/reset-password#token=${token}`);
      expect(await rekey.client().trpc.inspectResetToken.mutate({ token })).toMatchObject({
        email: "a•••@example.test",
      });

      const reset = { token, password: NEW_PASSWORD };
      expect(await rekey.client().trpc.resetPassword.mutate(reset)).toEqual({ status: "reset" });
      await rekey.mailbox.mailTo(email, /was changed/);

      const { trpc } = rekey.client();
      expect(await reasonOf(trpc.signIn.mutate({ email, password: PASSWORD }))).toBe(
        "INVALID_CREDENTIALS",
      );
      const { account } = await trpc.signIn.mutate({ email, password: NEW_PASSWORD });
      expect(account.email).toBe(email);
    });

    test("mails are in the language of the account, else of who asked, and say where that was", async () => {
      const { email } = await signUp(rekey);
      const firefox = "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0";
      const headers = { "accept-language": "ar, en;q=0.5", "user-agent": firefox };
      await rekey.client(headers).trpc.requestReset.mutate({ email });
      const mail = await rekey.mailbox.mailTo(email, /reset-password#/);
      expect(mail.subject).toContain("إعادة تعيين كلمة مرورك");
      expect(mail.html).toContain('<html lang="ar" dir="rtl"');
      for (const part of [mail.text, mail.html]) expect(part).toMatch(/Firefox.*Android/);

      const german = freshEmail();
      const { trpc } = rekey.client({ "accept-language": "de" });
      await trpc.signUp.mutate({ email: german, name: "Zoë Beispiel", password: PASSWORD });
      const confirm = await rekey.mailbox.mailTo(german, /verify-email/);
      expect(confirm.text).toContain("Guten Tag Zoë Beispiel,");
      await trpc.verifyEmail.mutate({ token: tokenIn(confirm, "verify-email") });
      await rekey.client(headers).trpc.requestReset.mutate({ email: german });
      const reset = await rekey.mailbox.mailTo(german, /reset-password#/);
      expect(reset.subject).toBe("Ihr Passwort für Rekey zurücksetzen");
    });

    test("a reset ends every session that was open", async () => {
      const { email, client } = await signUp(rekey);
      const { token } = await requestReset(rekey, email);
      await rekey.client().trpc.resetPassword.mutate({ token, password: NEW_PASSWORD });
      expect((await client.trpc.me.query()).account).toBeNull();
    });

    test("a sign-in with the old password that overlaps with a reset leaves no session", async () => {
      const { email } = await signUp(rekey);
      const { token } = await requestReset(rekey, email);
      const clients = Array.from({ length: 12 }, () => rekey.client());
      const signIns = clients.map(({ trpc }) =>
        trpc.signIn.mutate({ email, password: PASSWORD }).catch(() => null),
      );
      await rekey.client().trpc.resetPassword.mutate({ token, password: NEW_PASSWORD });
      await Promise.all(signIns);
      const accounts = await Promise.all(clients.map(({ trpc }) => trpc.me.query()));
      expect(accounts.filter(({ account }) => account !== null)).toEqual([]);
    });

    test("a link works once, even when fifty try at once", async () => {
      const { email } = await signUp(rekey);
      const { token } = await requestReset(rekey, email);
      const tries = Array.from({ length: 50 }, () =>
        rekey
          .client()
          .trpc.resetPassword.mutate({ token, password: NEW_PASSWORD })
          .then(
            () => "reset",
            (error) => error.data?.reason,
          ),
      );
      const outcomes = await Promise.all(tries);
      expect(outcomes.filter((outcome) => outcome === "reset")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === "TOKEN_USED")).toHaveLength(49);
    });

    test("a newer link retires the older, which says so", async () => {
      const { email } = await signUp(rekey);
      const first = await requestReset(rekey, email);
      const second = await requestReset(rekey, email);
      const { trpc } = rekey.client();
      expect(await reasonOf(trpc.inspectResetToken.mutate({ token: first.token }))).toBe(
        "TOKEN_REPLACED",
      );
      await trpc.resetPassword.mutate({ token: second.token, password: NEW_PASSWORD });
    });

    test('"it was not me" kills the link, and only a cancel token can do it', async () => {
      const { email } = await signUp(rekey);
      const { token, cancelToken } = await requestReset(rekey, email);
      const { trpc } = rekey.client();
      expect(await reasonOf(trpc.cancelReset.mutate({ token }))).toBe("TOKEN_INVALID");
      expect(
        await reasonOf(trpc.resetPassword.mutate({ token: cancelToken, password: NEW_PASSWORD })),
      ).toBe("TOKEN_INVALID");
      expect(await trpc.cancelReset.mutate({ token: cancelToken })).toEqual({
        status: "cancelled",
      });
      expect(await reasonOf(trpc.resetPassword.mutate({ token, password: NEW_PASSWORD }))).toBe(
        "TOKEN_USED",
      );
      expect(await reasonOf(trpc.cancelReset.mutate({ token: cancelToken }))).toBe("TOKEN_USED");
    });

    test("a link dies when the password is changed by other means", async () => {
      const { email, client } = await signUp(rekey);
      const { token } = await requestReset(rekey, email);
      await client.trpc.changePassword.mutate({
        currentPassword: PASSWORD,
        password: NEW_PASSWORD,
      });
      expect(await reasonOf(rekey.client().trpc.inspectResetToken.mutate({ token }))).toBe(
        "TOKEN_USED",
      );
    });

    test("a refused password leaves the link alive", async () => {
      const { email } = await signUp(rekey);
      const { token } = await requestReset(rekey, email);
      const { trpc } = rekey.client();
      const refusals = { short: "PASSWORD_TOO_SHORT", password1234: "PASSWORD_TOO_COMMON" };
      for (const [password, reason] of Object.entries(refusals)) {
        expect(await reasonOf(trpc.resetPassword.mutate({ token, password }))).toBe(reason);
      }
      expect(await reasonOf(trpc.resetPassword.mutate({ token, password: "x".repeat(257) }))).toBe(
        "PASSWORD_TOO_LONG",
      );
      expect(await reasonOf(trpc.resetPassword.mutate({ token, password: email }))).toBe(
        "PASSWORD_TOO_COMMON",
      );
      expect(await trpc.resetPassword.mutate({ token, password: NEW_PASSWORD })).toEqual({
        status: "reset",
      });
    });

    test("a password of any characters works, however the keyboard composes them", async () => {
      const email = freshEmail();
      const client = rekey.client();
      const composed = "Pässwörter über 🦦 alles";
      await client.trpc.signUp.mutate({ email, name: "Zoë", password: composed });
      const mail = await rekey.mailbox.mailTo(email, /verify-email/);
      const [, token = ""] = mail.text.match(/verify-email#token=([\w.-]+)/) ?? [];
      await client.trpc.verifyEmail.mutate({ token });
      const signIn = { email, password: composed.normalize("NFD") };
      expect((await rekey.client().trpc.signIn.mutate(signIn)).account.name).toBe("Zoë");
    });

    test("an address matches without regard to ASCII case, and mail goes to the stored one", async () => {
      const { email } = await signUp(rekey);
      const shouted = email.toUpperCase();
      const { account } = await rekey
        .client()
        .trpc.signIn.mutate({ email: shouted, password: PASSWORD });
      expect(account.email).toBe(email);
      await rekey.client().trpc.requestReset.mutate({ email: shouted });
      const mail = await rekey.mailbox.mailTo(email, /reset-password#/);
      expect(mail.to).toEqual([email]);
    });

    test("sign-up answers the same for a taken address, and its owner is told", async () => {
      const { email } = await signUp(rekey);
      const wish = { email, name: "Somebody Else", password: NEW_PASSWORD };
      expect(await rekey.client().trpc.signUp.mutate(wish)).toEqual({ status: "accepted" });
      const mail = await rekey.mailbox.mailTo(email, /already have an account/i);
      expect(mail.text).toContain("Ada Example");
      expect(mail.text).toContain(`${rekey.url}/sign-in`);
      expect(mail.text).not.toContain("token=");
    });

    test("a confirmation link works once", async () => {
      const email = freshEmail();
      const { trpc } = rekey.client();
      await trpc.signUp.mutate({ email, name: "Ada", password: PASSWORD });
      const mail = await rekey.mailbox.mailTo(email, /verify-email/);
      const [, token = ""] = mail.text.match(/verify-email#token=([\w.-]+)/) ?? [];
      await trpc.verifyEmail.mutate({ token });
      expect(await reasonOf(trpc.verifyEmail.mutate({ token }))).toBe("TOKEN_USED");
      expect(await reasonOf(trpc.resetPassword.mutate({ token, password: NEW_PASSWORD }))).toBe(
        "TOKEN_INVALID",
      );
    });

    test("a change of password needs the current one and ends the other sessions", async () => {
      const { email, client } = await signUp(rekey);
      const other = rekey.client();
      await other.trpc.signIn.mutate({ email, password: PASSWORD });
      const change = { currentPassword: "not this one", password: NEW_PASSWORD };
      expect(await reasonOf(rekey.client().trpc.changePassword.mutate(change))).toBe(
        "UNAUTHENTICATED",
      );
      expect(await reasonOf(client.trpc.changePassword.mutate(change))).toBe("INVALID_CREDENTIALS");
      await client.trpc.changePassword.mutate({ ...change, currentPassword: PASSWORD });
      await rekey.mailbox.mailTo(email, /was changed/);
      expect((await client.trpc.me.query()).account?.email).toBe(email);
      expect((await other.trpc.me.query()).account).toBeNull();
    });

    test("sign-out ends the session for good, even for who kept its cookie", async () => {
      const { client } = await signUp(rekey);
      const kept = new Map(client.jar);
      await client.trpc.signOut.mutate();
      expect([...client.jar.keys()]).toEqual(["rekey_device"]);
      for (const [name, value] of kept) client.jar.set(name, value);
      expect((await client.trpc.me.query()).account).toBeNull();
    });
  });
});
