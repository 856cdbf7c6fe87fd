import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reasonOf } from "../support/api-client.ts";
import { tokenIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { engines, noPostgres, type Rekey, signUp, startRekey } from "../support/rekey.ts";

/** Why a call was refused, or "accepted". */
const outcomeOf = (call: Promise<unknown>) =>
  call.then(
    () => "accepted" as const,
    (error) => reasonOf(Promise.reject(error)),
  );

const limits = {
  RATE_LIMIT_PER_IP: "4",
  RATE_LIMIT_PER_EMAIL: "2",
  RESEND_COOLDOWN: "0",
  SIGN_IN_LIMIT: "3",
  SIGN_IN_LIMIT_PER_IP: "12",
  WRONG_TOKEN_LIMIT: "5",
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
      expect(error.data.retryAfter).toBeGreaterThan(1800);
      const other = elsewhere().trpc.requestReset.mutate({ email: freshEmail() });
      expect(await other).toMatchObject({ status: "accepted" });
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

    test("no other header that names an address is believed", async () => {
      const request = (lie: string) =>
        reasonOf(
          rekey
            .client({
              "x-forwarded-for": "198.51.100.10",
              "x-real-ip": lie,
              "x-client-ip": lie,
              "true-client-ip": lie,
              "cf-connecting-ip": lie,
              "x-cluster-client-ip": lie,
              forwarded: `for=${lie}`,
            })
            .trpc.requestReset.mutate({ email: freshEmail() }),
        );
      const { trpc } = rekey.client({ "x-forwarded-for": "198.51.100.10" });
      for (let i = 0; i < 4; i++) {
        await trpc.requestReset.mutate({ email: freshEmail() }).catch(() => {});
      }
      expect(await request("203.0.113.1")).toBe("RATE_LIMITED");
      expect(await request("203.0.113.2")).toBe("RATE_LIMITED");
    });

    test("each call of a batch counts, however its path is spelled", async () => {
      const headers = { "x-forwarded-for": "198.51.100.8", "content-type": "application/json" };
      const call = (path: string) =>
        fetch(rekey.url + path, {
          method: "POST",
          headers,
          body: JSON.stringify(
            path.includes("batch")
              ? { 0: { email: freshEmail() }, 1: { email: freshEmail() } }
              : { email: freshEmail() },
          ),
        });
      expect((await call("/trpc/requestReset,requestReset?batch=1")).status).toBe(200);
      expect((await call("/trpc/requestReset%2C%72equestReset?batch=1")).status).toBe(200);
      const batch = await call("/trpc/requestReset,requestReset?batch=1");
      expect(batch.status).toBe(429);
      expect(Number(batch.headers.get("retry-after"))).toBeGreaterThan(1800);
      const spelled = [
        "/trpc/requestReset",
        "/trpc/requestReset/",
        "/trpc/%72equestReset",
        "/trpc/requestReset?x=1",
        "/trpc/../trpc/requestReset",
      ];
      for (const path of spelled) expect([path, (await call(path)).status]).toEqual([path, 429]);
      for (const path of [
        "//trpc/requestReset",
        "/trpc//requestReset",
        "/TRPC/requestReset",
        "/trpc/RequestReset",
        "/trpc/requestReset.",
        "/trpc/%2572equestReset",
        "/trpc/requestReset%00",
      ]) {
        expect([path, (await call(path)).status]).toEqual([path, 404]);
      }
    });

    test("a network that made up too many tokens has to wait, even with a good one", async () => {
      const { email } = await signUp(rekey, freshEmail(), elsewhere());
      await elsewhere().trpc.requestReset.mutate({ email });
      const token = tokenIn(await rekey.mailbox.mailTo(email, /reset-password#/), "reset-password");
      const guesser = elsewhere().trpc;
      for (let i = 0; i < 5; i++) {
        const call = guesser.verifyEmail.mutate({ token: `made.up.${i}` });
        expect(await reasonOf(call)).toBe("TOKEN_INVALID");
      }
      const refused = [
        guesser.inspectResetToken.mutate({ token }),
        guesser.cancelReset.mutate({ token: "made.up.one" }),
        guesser.resetPassword.mutate({ token: "made.up.one", password: PASSWORD }),
        guesser.verifyEmail.mutate({ token: "made.up.one" }),
      ].map(reasonOf);
      expect(new Set(await Promise.all(refused))).toEqual(new Set(["RATE_LIMITED"]));
      const holder = elsewhere().trpc;
      expect(await holder.inspectResetToken.mutate({ token })).toMatchObject({
        email: expect.stringContaining("•••"),
      });
    });

    test("somebody whose links are used up or outdated is never taken for a guesser", async () => {
      const { email } = await signUp(rekey, freshEmail(), elsewhere());
      const holder = elsewhere().trpc;
      await holder.requestReset.mutate({ email });
      const mail = await rekey.mailbox.mailTo(email, /reset-password#/);
      await holder.cancelReset.mutate({ token: tokenIn(mail, "not-me") });
      const token = tokenIn(mail, "reset-password");
      for (let i = 0; i < 8; i++) {
        expect(await reasonOf(holder.inspectResetToken.mutate({ token }))).toBe("TOKEN_USED");
      }
    });

    test("an owner who was blocked for guessing gets in where they reset, and a guesser elsewhere does not", async () => {
      const { email } = await signUp(rekey, freshEmail(), elsewhere());
      const [owner, guesser] = [elsewhere().trpc, elsewhere().trpc];
      for (const { signIn } of [owner, guesser]) {
        for (let i = 0; i < 4; i++) {
          const refused = await reasonOf(signIn.mutate({ email, password: "a guess" }));
          expect(refused).toBe(i < 3 ? "INVALID_CREDENTIALS" : "RATE_LIMITED");
        }
      }
      await owner.requestReset.mutate({ email });
      const token = tokenIn(await rekey.mailbox.mailTo(email, /reset-password#/), "reset-password");
      await owner.resetPassword.mutate({ token, password: NEW_PASSWORD });
      const credentials = { email: email.toUpperCase(), password: NEW_PASSWORD };
      expect((await owner.signIn.mutate(credentials)).account.email).toBe(email);
      expect(await reasonOf(guesser.signIn.mutate(credentials))).toBe("RATE_LIMITED");
    });

    test("one password tried on many accounts stops at the network's limit", async () => {
      const sprayer = elsewhere();
      const spray = () =>
        reasonOf(sprayer.trpc.signIn.mutate({ email: freshEmail(), password: "Summer2026!" }));
      for (let i = 0; i < 12; i++) expect(await spray()).toBe("INVALID_CREDENTIALS");
      expect(await spray()).toBe("RATE_LIMITED");
      expect(
        await reasonOf(elsewhere().trpc.signIn.mutate({ email: freshEmail(), password: "x" })),
      ).toBe("INVALID_CREDENTIALS");
    });

    test("a busy office that signs in rightly is not limited", async () => {
      const { email } = await signUp(rekey, freshEmail(), elsewhere());
      const office = elsewhere();
      for (let i = 0; i < 14; i++) await office.trpc.signIn.mutate({ email, password: PASSWORD });
    });

    const resetsTo = (email: string) =>
      rekey.mailbox.to(email).filter(({ text }) => /reset-password#/.test(text));

    /** Each request after the email of the one before: of two at the same time the newer replaces the older. */
    async function exhaust(email: string, { trpc } = elsewhere()) {
      for (let i = 0; i < 4; i++) {
        expect(await trpc.requestReset.mutate({ email })).toMatchObject({ status: "accepted" });
        if (i < 2) await rekey.mailbox.mailTo(email, /reset-password#/, 1 + i);
      }
    }

    test("from one network a mailbox gets no more emails than its limit, and nobody is told", async () => {
      const { email } = await signUp(rekey, freshEmail(), elsewhere());
      await exhaust(email);
      await rekey.idle();
      expect(resetsTo(email)).toHaveLength(2);
    });

    test("a stranger who uses up the mailbox's limit does not keep its owner out", async () => {
      const { email } = await signUp(rekey, freshEmail(), elsewhere());
      await exhaust(email);
      const owner = elsewhere().trpc;
      expect(await owner.requestReset.mutate({ email })).toMatchObject({ status: "accepted" });
      const mail = await rekey.mailbox.mailTo(email, /reset-password#/, 3);
      const token = tokenIn(mail, "reset-password");
      await owner.resetPassword.mutate({ token, password: NEW_PASSWORD });
      // The email in reserve was the one: what works meanwhile is in the mailbox.
      await owner.requestReset.mutate({ email });
      await rekey.idle();
      expect(resetsTo(email)).toHaveLength(3);
    });

    test("any number of networks cannot flood a mailbox", async () => {
      const { email } = await signUp(rekey, freshEmail(), elsewhere());
      for (let i = 0; i < 30; i++) await elsewhere().trpc.requestReset.mutate({ email });
      await rekey.idle();
      expect(resetsTo(email).length).toBeGreaterThan(0);
      expect(resetsTo(email).length).toBeLessThanOrEqual(8);
      // The newest of them works.
      const newest = resetsTo(email).map((mail) => tokenIn(mail, "reset-password"));
      const outcomes = await Promise.all(
        newest.map((token) => outcomeOf(elsewhere().trpc.inspectResetToken.mutate({ token }))),
      );
      expect(outcomes.filter((outcome) => outcome !== "TOKEN_REPLACED")).toEqual(["accepted"]);
    });

    test("an IPv6 /48 is no supply of networks: for requests, guesses and made-up tokens", async () => {
      const from = (i: number) =>
        rekey.client({ "x-forwarded-for": `2001:db8:7:${((i % 8) * 256 + i).toString(16)}::1` });
      const email = freshEmail();
      const outcomes = { requestReset: 0, signIn: 0, inspectResetToken: 0 };
      for (let i = 0; i < 60; i++) {
        const { trpc } = from(i);
        const reasons = {
          requestReset: await outcomeOf(trpc.requestReset.mutate({ email: freshEmail() })),
          signIn: await outcomeOf(trpc.signIn.mutate({ email, password: "a guess" })),
          inspectResetToken: await outcomeOf(
            trpc.inspectResetToken.mutate({ token: "made.up.one" }),
          ),
        };
        for (const name of ["requestReset", "signIn", "inspectResetToken"] as const) {
          if (reasons[name] !== "RATE_LIMITED") outcomes[name] += 1;
        }
      }
      expect(outcomes).toEqual({ requestReset: 16, signIn: 12, inspectResetToken: 20 });
    });

    test("a change of password is tried only so often, right or wrong, and elsewhere it goes on", async () => {
      const { client, email } = await signUp(rekey, freshEmail(), elsewhere());
      const change = ({ trpc }: typeof client, password: string, currentPassword = PASSWORD) =>
        reasonOf(trpc.changePassword.mutate({ currentPassword, password }));
      const common = "P@ssw0rd";
      for (let i = 0; i < 3; i++) expect(await change(client, common)).toBe("PASSWORD_TOO_COMMON");
      expect(await change(client, common)).toBe("RATE_LIMITED");
      expect(await change(client, NEW_PASSWORD)).toBe("RATE_LIMITED");

      // A thief of the cookie is stopped where they are. The owner is not, by another session or elsewhere.
      const owner = elsewhere();
      await owner.trpc.signIn.mutate({ email, password: PASSWORD });
      const abroad = elsewhere();
      for (const [name, value] of client.jar) abroad.jar.set(name, value);
      expect(await change(abroad, NEW_PASSWORD, "a wrong guess")).toBe("INVALID_CREDENTIALS");
      expect(
        await owner.trpc.changePassword.mutate({
          currentPassword: PASSWORD,
          password: NEW_PASSWORD,
        }),
      ).toEqual({ status: "changed" });
    });

    test("somebody who is signed in changes only so much in an hour", async () => {
      const { client } = await signUp(rekey, freshEmail(), elsewhere());
      const set = () => outcomeOf(client.trpc.setLanguage.mutate({ locale: "de" }));
      let accepted = 0;
      while (accepted < 200 && (await set()) === "accepted") accepted += 1;
      expect(accepted).toBe(60);
      expect(await set()).toBe("RATE_LIMITED");
      expect((await client.trpc.sessions.query()).sessions).toHaveLength(1);
    });

    test("guessing stops after the limit, for this account and network only", async () => {
      const { email } = await signUp(rekey, freshEmail(), elsewhere());
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
