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

const FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0";

describe.each(engines)("on %s", (engine) => {
  describe.skipIf(engine === "postgres" && noPostgres)("someone who is signed in", () => {
    let rekey: Rekey;
    beforeAll(async () => {
      // Slow enough that a reset which the cooldown holds up would not come.
      rekey = await startRekey(engine, { RESEND_COOLDOWN: "3600", TRUSTED_PROXIES: "1" });
    });
    afterAll(() => rekey?.stop());

    const changesTold = (email: string) =>
      rekey.mailbox.to(email).filter(({ text }) => /was changed/.test(text)).length;

    const elsewhere = () =>
      rekey.client({ "user-agent": FIREFOX, "x-forwarded-for": "198.51.100.7" });

    test("learns that email to their address came back, and has it sent again", async () => {
      const { email, client } = await signUp(rekey);
      expect(await client.trpc.mailTrouble.query()).toEqual({ trouble: null });
      rekey.mailbox.answerWith((to) =>
        to === email ? { code: 550, text: "5.1.1 No such user here" } : null,
      );
      await client.trpc.changePassword.mutate({
        currentPassword: PASSWORD,
        password: NEW_PASSWORD,
      });
      await expect
        .poll(() => client.trpc.mailTrouble.query())
        .toEqual({ trouble: { kind: "bounced", since: expect.any(String) } });
      rekey.mailbox.answerWith(() => null);

      // It is their own affair, and nobody else's.
      const { client: other } = await signUp(rekey);
      expect(await other.trpc.mailTrouble.query()).toEqual({ trouble: null });
      await other.trpc.resumeMail.mutate();
      expect((await client.trpc.mailTrouble.query()).trouble).not.toBeNull();
      expect(await reasonOf(rekey.client().trpc.resumeMail.mutate())).toBe("UNAUTHENTICATED");

      expect(await client.trpc.resumeMail.mutate()).toEqual({ status: "resumed" });
      expect(await client.trpc.mailTrouble.query()).toEqual({ trouble: null });
      await requestReset(rekey, email);
    });

    test("sees where, ends one session or all others, and each is really over", async () => {
      const { email, client } = await signUp(rekey);
      const [phone, second] = [elsewhere(), elsewhere()];
      await phone.trpc.signIn.mutate({ email, password: PASSWORD });
      await second.trpc.signIn.mutate({ email, password: PASSWORD });

      const { sessions } = await client.trpc.sessions.query();
      expect(sessions.map(({ current }) => current)).toEqual([false, false, true]);
      expect(sessions[1]).toMatchObject({
        browser: "Firefox",
        system: "Android",
        network: "198.51.100.7",
      });

      // Nobody ends a session of somebody else, and nobody is told whether there is one.
      const { client: stranger } = await signUp(rekey);
      const id = String(sessions[1]?.id);
      expect(await stranger.trpc.endSession.mutate({ id })).toEqual({ status: "ended" });
      expect((await phone.trpc.me.query()).account?.email).toBe(email);

      expect(await client.trpc.endSession.mutate({ id })).toEqual({ status: "ended" });
      expect((await phone.trpc.me.query()).account).toBe(null);
      expect((await second.trpc.me.query()).account?.email).toBe(email);
      await client.trpc.endOtherSessions.mutate();
      expect((await second.trpc.me.query()).account).toBe(null);
      expect((await client.trpc.sessions.query()).sessions).toHaveLength(1);
    });

    test("signing in again ends the session that the browser had", async () => {
      const { email, client } = await signUp(rekey);
      const before = client.jar.get("rekey_session");
      await client.trpc.signIn.mutate({ email, password: PASSWORD });
      const after = client.jar.get("rekey_session");
      expect(after).not.toBe(before);
      const { sessions } = await client.trpc.sessions.query();
      expect(sessions).toHaveLength(1);
    });

    test("is told of a sign-in from a browser that is new, once, and not of the one that confirmed", async () => {
      const { email, client } = await signUp(rekey);
      const isNotice = ({ subject }: { subject: string }) => /new sign-in/i.test(subject);
      const signIn = (browser: { trpc: typeof client.trpc }) =>
        browser.trpc.signIn.mutate({ email, password: PASSWORD });

      await client.trpc.signOut.mutate();
      await signIn(client);
      const phone = elsewhere();
      await signIn(phone);
      const notice = await rekey.mailbox.mailTo(email, /new sign-in/i);
      expect(notice.text).toContain("Firefox");
      expect(notice.text).toContain("Android");
      expect(notice.text).toContain("/forgot-password");

      // A browser is known again after signing out, and whoever plants a cookie of their own is new.
      await phone.trpc.signOut.mutate();
      await signIn(phone);
      const { jar } = phone;
      expect([...jar.keys()]).toContain("rekey_device");
      const thief = rekey.client();
      thief.jar.set("rekey_device", "made-up");
      await signIn(thief);
      await expect.poll(() => rekey.mailbox.to(email).filter(isNotice).length).toBe(2);
      expect(thief.jar.get("rekey_device")).toMatch(/^[\w-]{43}$/);
      expect(thief.jar.get("rekey_device")).not.toBe(jar.get("rekey_device"));

      // What one account knows says nothing of another.
      const other = await signUp(rekey);
      await other.client.trpc.signIn.mutate({ email: other.email, password: PASSWORD });
      await phone.trpc.signIn.mutate({ email: other.email, password: PASSWORD });
      await rekey.mailbox.mailTo(other.email, /new sign-in/i);
      expect(rekey.mailbox.to(email).filter(isNotice)).toHaveLength(2);
    });

    test("sees their own history, newest first, and nobody else's", async () => {
      const { email, client } = await signUp(rekey);
      const phone = elsewhere();
      expect(await reasonOf(phone.trpc.signIn.mutate({ email, password: "a wrong guess" }))).toBe(
        "INVALID_CREDENTIALS",
      );
      const { cancelToken } = await requestReset(rekey, email);
      await phone.trpc.cancelReset.mutate({ token: cancelToken });
      await rekey.mailbox.mailTo(email, /cancelled/i);
      await client.trpc.changePassword.mutate({
        currentPassword: PASSWORD,
        password: NEW_PASSWORD,
      });
      const { events } = await client.trpc.activity.query();
      expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
        "password.changed success",
        "reset.cancelled success",
        "reset.requested success",
        "sign_in refused",
        "sign_up.confirmed success",
      ]);
      expect(events[3]).toMatchObject({ browser: "Firefox", network: "198.51.100.7" });
    });

    test("sees what really happened under any amount of noise, and the noise in a few lines", async () => {
      const { email, client } = await signUp(rekey);
      const { cancelToken } = await requestReset(rekey, email);
      await client.trpc.cancelReset.mutate({ token: cancelToken });
      const NETWORKS = 15;
      for (let i = 0; i < 4 * NETWORKS; i++) {
        const { trpc } = rekey.client({ "x-forwarded-for": `203.0.113.${i % NETWORKS}` });
        await reasonOf(trpc.signIn.mutate({ email, password: "a wrong guess" }));
      }
      const { events } = await client.trpc.activity.query();
      const told = events.map(({ action, outcome, count }) => `${action} ${outcome} ${count}`);
      expect(told.filter((line) => line !== "sign_in refused 4")).toEqual([
        "reset.cancelled success 1",
        "reset.requested success 1",
        "sign_up.confirmed success 1",
      ]);
      expect(told).toHaveLength(10 + 3);
    });

    test("has at most twenty sessions: one more ends the oldest", async () => {
      const { email, client } = await signUp(rekey);
      const phones = Array.from({ length: 20 }, elsewhere);
      for (const { trpc } of phones) await trpc.signIn.mutate({ email, password: PASSWORD });
      expect((await client.trpc.me.query()).account).toBe(null);
      const latest = phones.at(-1)?.trpc;
      expect((await latest?.sessions.query())?.sessions).toHaveLength(20);
      expect((await phones[0]?.trpc.me.query())?.account?.email).toBe(email);
    });

    test("who changes the password again and again is told of the first changes at once, and of the rest in one email", async () => {
      const { email, client } = await signUp(rekey);
      const CHANGES = 14;
      for (let i = 0; i < CHANGES; i++) {
        await client.trpc.changePassword.mutate({
          currentPassword: i === 0 ? PASSWORD : `${NEW_PASSWORD} ${i - 1}`,
          password: `${NEW_PASSWORD} ${i}`,
        });
        const told = Math.min(i + 1, 2);
        await rekey.mailbox.mailTo(email, /was changed/);
        await expect.poll(() => changesTold(email)).toBe(told);
      }
      // A request that is queued last has its email: nothing that is due is left.
      await requestReset(rekey, email);
      expect(changesTold(email)).toBe(2);
    });

    test("chooses the language of pages and mails", async () => {
      const { email, client } = await signUp(rekey);
      expect(await client.trpc.setLanguage.mutate({ locale: "de" })).toEqual({ status: "set" });
      expect((await client.trpc.me.query()).account?.locale).toBe("de");
      const { mail } = await requestReset(rekey, email);
      expect(mail.html).toContain('lang="de"');
      const nonsense = client.trpc.setLanguage.mutate({ locale: "xx" as "de" });
      expect(await reasonOf(nonsense)).toBe("INVALID_INPUT");
    });

    test.each(["sessions", "activity"] as const)("only they may ask for %s", async (name) => {
      expect(await reasonOf(rekey.client().trpc[name].query())).toBe("UNAUTHENTICATED");
    });

    test("whose password a thief reset takes it back with the link of the notice, once", async () => {
      const { email } = await signUp(rekey);
      const { token } = await requestReset(rekey, email);
      const thief = elsewhere();
      await thief.trpc.resetPassword.mutate({ token, password: NEW_PASSWORD });
      await thief.trpc.signIn.mutate({ email, password: NEW_PASSWORD });
      const notice = await rekey.mailbox.mailTo(email, /was changed/);
      expect(notice.text).toContain("/forgot-password");
      expect(notice.text).toContain("Firefox");
      const secureToken = tokenIn(notice, "secure-account");

      const before = rekey.mailbox.to(email).length;
      const owner = rekey.client();
      const secure = () => owner.trpc.secureAccount.mutate({ token: secureToken });
      const outcomes = await Promise.allSettled(Array.from({ length: 5 }, secure));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await reasonOf(secure())).toBe("TOKEN_USED");
      expect((await thief.trpc.me.query()).account).toBe(null);
      const again = thief.trpc.signIn.mutate({ email, password: NEW_PASSWORD });
      expect(await reasonOf(again)).toBe("INVALID_CREDENTIALS");

      // The new link comes in spite of the cooldown, and leads back in.
      const mail = await rekey.mailbox.mailTo(email, /reset-password#/, before);
      const fresh = tokenIn(mail, "reset-password");
      await owner.trpc.resetPassword.mutate({ token: fresh, password: PASSWORD });
      await owner.trpc.signIn.mutate({ email, password: PASSWORD });
    });

    test("has that link dead once the password changed again, and for no other use", async () => {
      const { email, client } = await signUp(rekey);
      await client.trpc.changePassword.mutate({
        currentPassword: PASSWORD,
        password: NEW_PASSWORD,
      });
      const notice = await rekey.mailbox.mailTo(email, /was changed/);
      const token = tokenIn(notice, "secure-account");
      const { trpc } = rekey.client();
      for (const name of ["inspectResetToken", "cancelReset", "verifyEmail"] as const) {
        expect(await reasonOf(trpc[name].mutate({ token }))).toBe("TOKEN_INVALID");
      }
      const about = () => trpc.inspectNotMeToken.mutate({ token });
      expect(await about()).toMatchObject({ email: expect.stringMatching(/^.•••@/) });
      await client.trpc.changePassword.mutate({
        currentPassword: NEW_PASSWORD,
        password: `${PASSWORD}!`,
      });
      expect(await reasonOf(about())).toBe("TOKEN_USED");
      expect(await reasonOf(trpc.secureAccount.mutate({ token }))).toBe("TOKEN_USED");
    });

    test("an address without an account leaves a trail that does not name it", async () => {
      const email = freshEmail("nobody");
      const { trpc } = rekey.client();
      await reasonOf(trpc.signIn.mutate({ email, password: "a wrong guess" }));
      const { client } = await signUp(rekey);
      expect(JSON.stringify(await client.trpc.activity.query())).not.toContain(email);
    });
  });
});
