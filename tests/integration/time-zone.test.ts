import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaughtMail, tokenIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { engines, noPostgres, type Rekey, signUp, startRekey } from "../support/rekey.ts";

/** The times of day in both parts of a mail, with the zone each is said to be in. */
function times({ text, html }: CaughtMail): string[] {
  const all = (part: string) => [...part.matchAll(/\d\d:\d\d (?:UTC|GMT[+-][\d:]*\d)/g)];
  return [...new Set([text, html].flatMap(all).map(([time]) => time))];
}

function zones(mail: CaughtMail): string[] {
  return [...new Set(times(mail).map((time) => time.slice("00:00 ".length)))];
}

describe.each(engines)("on %s", (engine) => {
  describe.skipIf(engine === "postgres" && noPostgres)("a time in a mail", () => {
    let rekey: Rekey;
    beforeAll(async () => {
      rekey = await startRekey(engine);
    });
    afterAll(() => rekey?.stop());

    const inZone = (zone: string) => rekey.client({ "time-zone": zone });

    /** Signs up where the clock is that of `zone`. */
    const signUpIn = (zone: string) => signUp(rekey, freshEmail(), inZone(zone));

    async function resetMail(email: string, client = rekey.client()) {
      const before = rekey.mailbox.to(email).length;
      await client.trpc.requestReset.mutate({ email });
      return rekey.mailbox.mailTo(email, /reset-password#/, before);
    }

    test("is that of the clock beside whoever asked for a link", async () => {
      const { email } = await signUpIn("Asia/Tokyo");
      const [confirmation] = rekey.mailbox.to(email);
      expect(confirmation && zones(confirmation)).toEqual(["GMT+9"]);

      const mail = await resetMail(email, inZone("Asia/Kathmandu"));
      const token = tokenIn(mail, "reset-password");
      const { expiresAt } = await rekey.client().trpc.inspectResetToken.mutate({ token });
      const clock = new Intl.DateTimeFormat("en", {
        timeStyle: "short",
        hourCycle: "h23",
        timeZone: "Asia/Kathmandu",
      });
      expect(times(mail)).toContain(`${clock.format(new Date(expiresAt))} GMT+5:45`);
      expect(zones(mail)).toEqual(["GMT+5:45"]);
    });

    test.each(["Mars/Olympus", "+05:45", "Asia/Tokyo, Asia/Tokyo", "<b>UTC+9</b>"])(
      "is in UTC for one whose zone is said to be %s",
      async (zone) => {
        const { email } = await signUpIn(zone);
        const mail = await resetMail(email, inZone(zone));
        expect(zones(mail)).toEqual(["UTC"]);
        expect(mail.text + mail.html).not.toContain(zone);
      },
    );

    test("is that of the owner's clock where the request names no zone", async () => {
      const { email } = await signUpIn("Asia/Tokyo");
      expect(zones(await resetMail(email))).toEqual(["GMT+9"]);
    });

    test("is that of the owner's clock in a notice of what another did", async () => {
      const { email } = await signUpIn("Asia/Tokyo");
      await inZone("Asia/Tokyo").trpc.signIn.mutate({ email, password: PASSWORD });
      const thief = inZone("Asia/Kathmandu");
      await thief.trpc.signIn.mutate({ email, password: PASSWORD });
      expect(zones(await rekey.mailbox.mailTo(email, /new sign-in/i))).toEqual(["GMT+9"]);

      const reset = await resetMail(email, thief);
      await thief.trpc.cancelReset.mutate({ token: tokenIn(reset, "not-me") });
      expect(zones(await rekey.mailbox.mailTo(email, /cancelled/i))).toEqual(["GMT+9"]);

      const again = await resetMail(email, thief);
      const token = tokenIn(again, "reset-password");
      await thief.trpc.resetPassword.mutate({ token, password: NEW_PASSWORD });
      expect(zones(await rekey.mailbox.mailTo(email, /was changed/))).toEqual(["GMT+9"]);
    });

    test("in a notice is that of the requester's clock where the owner's is not known", async () => {
      const { email } = await signUp(rekey);
      const reset = await resetMail(email);
      const token = tokenIn(reset, "not-me");
      await inZone("Asia/Tokyo").trpc.cancelReset.mutate({ token });
      expect(zones(await rekey.mailbox.mailTo(email, /cancelled/i))).toEqual(["GMT+9"]);
    });

    test("goes with the owner where a browser of theirs signs in", async () => {
      const headers = { "time-zone": "Asia/Tokyo" };
      const { email, client } = await signUp(rekey, freshEmail(), rekey.client(headers));
      await client.trpc.signIn.mutate({ email, password: PASSWORD });
      headers["time-zone"] = "Asia/Kathmandu";
      await client.trpc.signIn.mutate({ email, password: PASSWORD });
      expect(zones(await resetMail(email))).toEqual(["GMT+5:45"]);
    });
  });
});
