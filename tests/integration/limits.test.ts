import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reasonOf } from "../support/api-client.ts";
import { freshEmail, PASSWORD } from "../support/people.ts";
import { engines, noPostgres, type Rekey, signUp, startRekey } from "../support/rekey.ts";

const limits = {
  RATE_LIMIT_PER_IP: "4",
  RATE_LIMIT_PER_EMAIL: "2",
  RESEND_COOLDOWN: "0",
  SIGN_IN_LIMIT: "3",
  TRUSTED_PROXIES: "1",
};

describe.each(engines)("on %s", (engine) => {
  describe.skipIf(engine === "postgres" && noPostgres)("limits", () => {
    let rekey: Rekey;
    let nextAddress = 1;
    /** A client somewhere else on the internet, as our proxy would report it. */
    const elsewhere = () => rekey.client({ "x-forwarded-for": `192.0.2.${nextAddress++}` });

    beforeAll(async () => {
      rekey = await startRekey(engine, limits);
    });
    afterAll(() => rekey?.stop());

    test("a network gets 429 and the seconds to wait; another network does not", async () => {
      const headers = { "x-forwarded-for": "198.51.100.7", "content-type": "application/json" };
      const request = () =>
        fetch(`${rekey.url}/trpc/requestReset`, {
          method: "POST",
          headers,
          body: JSON.stringify({ email: freshEmail() }),
        });
      for (let i = 0; i < 4; i++) expect((await request()).status).toBe(200);
      const refused = await request();
      expect(refused.status).toBe(429);
      const { error } = (await refused.json()) as {
        error: { data: { reason: string; retryAfter: number } };
      };
      expect(error.data.reason).toBe("RATE_LIMITED");
      expect(refused.headers.get("retry-after")).toBe(String(error.data.retryAfter));
      expect(error.data.retryAfter).toBeGreaterThan(3500);
      const other = elsewhere().trpc.requestReset.mutate({ email: freshEmail() });
      expect(await other).toEqual({ status: "accepted" });
    });

    test("a forged header in front of the proxy's own does not dodge the limit", async () => {
      const request = (forged: string) =>
        reasonOf(
          rekey
            .client({ "x-forwarded-for": `${forged}, 198.51.100.7` })
            .trpc.requestReset.mutate({ email: freshEmail() }),
        );
      expect(await request("203.0.113.1")).toBe("RATE_LIMITED");
      expect(await request("203.0.113.2")).toBe("RATE_LIMITED");
    });

    test("a mailbox gets no more mails than its limit, and nobody is told", async () => {
      const { email } = await signUp(rekey);
      const resets = () =>
        rekey.mailbox.to(email).filter(({ text }) => /reset-password#/.test(text));
      for (let i = 0; i < 4; i++) {
        const answer = await elsewhere().trpc.requestReset.mutate({ email });
        expect(answer).toEqual({ status: "accepted" });
        // One after the other: of two at the same time the newer makes the older superfluous.
        if (i < 2) await rekey.mailbox.mailTo(email, /reset-password#/, 1 + i);
      }
      // A request for somebody else, queued last, is the sign that the others were worked on.
      const { email: other } = await signUp(rekey);
      await elsewhere().trpc.requestReset.mutate({ email: other });
      await rekey.mailbox.mailTo(other, /reset-password#/);
      expect(resets()).toHaveLength(2);
    });

    test("guessing stops after the limit, for this account and network only", async () => {
      const { email } = await signUp(rekey);
      const attacker = elsewhere();
      const guess = () => reasonOf(attacker.trpc.signIn.mutate({ email, password: "a guess" }));
      for (let i = 0; i < 3; i++) expect(await guess()).toBe("INVALID_CREDENTIALS");
      expect(await guess()).toBe("RATE_LIMITED");
      const unknown = freshEmail("nobody");
      const blind = () =>
        reasonOf(attacker.trpc.signIn.mutate({ email: unknown, password: "a guess" }));
      for (let i = 0; i < 3; i++) expect(await blind()).toBe("INVALID_CREDENTIALS");
      expect(await blind()).toBe("RATE_LIMITED");
      const owner = elsewhere().trpc.signIn.mutate({ email, password: PASSWORD });
      expect((await owner).account.email).toBe(email);
    });
  });
});
