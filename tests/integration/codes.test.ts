import { TRPCClientError } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { reasonOf } from "../support/api-client.ts";
import { codeIn, tokenIn } from "../support/mailbox.ts";
import { freshEmail, NEW_PASSWORD } from "../support/people.ts";
import {
  engines,
  noPostgres,
  type Rekey,
  requestReset,
  signUp,
  startRekey,
} from "../support/rekey.ts";

/** Eight digits that are not `code`. */
const notThe = (code: string) => String((Number(code.replace(" ", "")) + 1) % 1e8).padStart(8, "0");

/** What a call was told: its result, or the refusal without what names the request. */
async function toldOf(call: Promise<unknown>) {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    return { ...error.data, message: error.message };
  }
}

describe.each(engines)("on %s", (engine) => {
  describe.skipIf(engine === "postgres" && noPostgres)("the code of a reset email", () => {
    let rekey: Rekey;
    beforeAll(async () => {
      rekey = await startRekey(engine);
    });
    afterAll(() => rekey?.stop());

    const redeem = (request: string, code: string) =>
      rekey.client().trpc.redeemCode.mutate({ request, code });

    test("gets its owner back in, read on another device and typed where it was asked for", async () => {
      const { email } = await signUp(rekey);
      const { request, code, token } = await requestReset(rekey, email);
      const redeemed = await redeem(request, code);
      expect(redeemed.token.length).toBeLessThanOrEqual(200);
      // A link's token, which the code does not use up.
      expect(redeemed.token).toBe(token);
      const { trpc } = rekey.client();
      await trpc.resetPassword.mutate({ token: redeemed.token, password: NEW_PASSWORD });
      await trpc.signIn.mutate({ email, password: NEW_PASSWORD });
      expect(await reasonOf(redeem(request, code))).toBe("CODE_DEAD");
    });

    test.each([
      (code: string) => code.replace(" ", ""),
      (code: string) => ` ${code.replace(" ", "-")}\n`,
      (code: string) => code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    ])("is taken however it was typed or pasted: %#", async (typed) => {
      const { email } = await signUp(rekey);
      const { request, code } = await requestReset(rekey, email);
      expect(await redeem(request, typed(code))).toHaveProperty("token");
    });

    test("stands large in two groups, in the preview, and is asked for by nobody", async () => {
      const { email } = await signUp(rekey);
      const { mail, code, token } = await requestReset(rekey, email);
      expect(code).toMatch(/^\d{4} \d{4}$/);
      expect(mail.html).toMatch(new RegExp(`dir="ltr"[^>]*>${code}<`));
      const visible = mail.html.slice(mail.html.indexOf("<body"));
      expect(visible.indexOf(`Your code is ${code}`)).toBeLessThan(visible.indexOf("<h1"));
      for (const part of [mail.text, mail.html]) {
        expect(part).toContain("will ever ask you for this code");
      }
      expect(mail.subject).not.toMatch(/\d/);
      expect(token.length).toBeLessThanOrEqual(200);
    });

    test("is dead after five wrong ones, whose number it tells; the link works", async () => {
      const { email } = await signUp(rekey);
      const { request, code, token } = await requestReset(rekey, email);
      const told = [];
      for (let i = 0; i < 7; i++) told.push(await toldOf(redeem(request, notThe(code))));
      expect(told).toMatchObject([
        ...[4, 3, 2, 1, 0].map((attemptsLeft) => ({ reason: "CODE_WRONG", attemptsLeft })),
        { reason: "CODE_DEAD" },
        { reason: "CODE_DEAD" },
      ]);
      expect(await reasonOf(redeem(request, code))).toBe("CODE_DEAD");
      await rekey.client().trpc.resetPassword.mutate({ token, password: NEW_PASSWORD });
    });

    test("is guessed five times and no more by any number of calls at once", async () => {
      const { email } = await signUp(rekey);
      const { request, code } = await requestReset(rekey, email);
      const calls = Array.from({ length: 30 }, () => reasonOf(redeem(request, notThe(code))));
      const reasons = await Promise.all(calls);
      expect(reasons.filter((reason) => reason === "CODE_WRONG")).toHaveLength(5);
      expect(reasons.filter((reason) => reason === "CODE_DEAD")).toHaveLength(25);
    });

    test("is answered the same for an address without an account, before and after the worker", async () => {
      const { email } = await signUp(rekey);
      const asked = await Promise.all(
        [email, freshEmail()].map((one) => rekey.client().trpc.requestReset.mutate({ email: one })),
      );
      const [known = "", unknown = ""] = asked.map(({ request }) => request);
      expect(known).toMatch(/^[\w-]+$/);
      expect(unknown).toHaveLength(known.length);
      expect(await toldOf(redeem(known, "00000000"))).toEqual(
        await toldOf(redeem(unknown, "00000000")),
      );
      await rekey.mailbox.mailTo(email, /reset-password#/);
      for (let i = 0; i < 6; i++) {
        expect(await toldOf(redeem(known, "00000000"))).toEqual(
          await toldOf(redeem(unknown, "00000000")),
        );
      }
    });

    test("is worth nothing with the handle of another request", async () => {
      const { email } = await signUp(rekey);
      const other = await signUp(rekey);
      const victim = await requestReset(rekey, email);
      const attacker = await requestReset(rekey, other.email);
      expect(await reasonOf(redeem(attacker.request, victim.code))).toBe("CODE_WRONG");
      for (const handle of ["", "x", victim.request.slice(1), `${victim.request}A`]) {
        expect(await reasonOf(redeem(handle, victim.code))).toBe("CODE_DEAD");
      }
      expect(await redeem(victim.request, victim.code)).toHaveProperty("token");
    });

    test("is replaced by that of a newer request for the same account", async () => {
      const { email } = await signUp(rekey);
      const first = await requestReset(rekey, email);
      const second = await requestReset(rekey, email);
      expect(await reasonOf(redeem(first.request, first.code))).toBe("CODE_DEAD");
      expect(await reasonOf(redeem(first.request, second.code))).toBe("CODE_WRONG");
      expect(await redeem(second.request, second.code)).toHaveProperty("token");
    });

    test("dies with the request when its owner cancels it; wrong ones are not told", async () => {
      const { email } = await signUp(rekey);
      const { request, code, cancelToken } = await requestReset(rekey, email);
      await rekey.client().trpc.cancelReset.mutate({ token: cancelToken });
      // Whoever asked for somebody else's address must not learn that its owner reacted.
      expect(await toldOf(redeem(request, notThe(code)))).toMatchObject({ attemptsLeft: 4 });
      expect(await reasonOf(redeem(request, code))).toBe("CODE_DEAD");
    });

    test("is eight digits; anything else is no attempt", async () => {
      const { email } = await signUp(rekey);
      const { request, code } = await requestReset(rekey, email);
      for (const typed of ["", "1234567", "123456789", "abcdefgh", "\0".repeat(8)]) {
        expect(await reasonOf(redeem(request, typed))).toBe("INVALID_INPUT");
      }
      expect(await toldOf(redeem(request, notThe(code)))).toMatchObject({ attemptsLeft: 4 });
    });
  });

  describe.skipIf(engine === "postgres" && noPostgres)('after "it was not me"', () => {
    test("an email of its own leads back in, with nothing to cancel or ignore", async () => {
      const rekey = await startRekey(engine);
      onTestFinished(() => rekey.stop());
      const { email } = await signUp(rekey);
      const { token } = await requestReset(rekey, email);
      const { trpc } = rekey.client();
      await trpc.resetPassword.mutate({ token, password: NEW_PASSWORD });
      const notice = await rekey.mailbox.mailTo(email, /was changed/);
      await trpc.secureAccount.mutate({ token: tokenIn(notice, "secure-account") });

      const mail = await rekey.mailbox.mailTo(email, /is secured/);
      for (const part of [mail.text, mail.html]) {
        expect(part).not.toMatch(/not-me|cancel|ignore|unchanged/i);
        expect(part).toContain("Nobody can sign in until you choose a new password");
      }
      expect(() => codeIn(mail)).toThrow("No code");
      const link = tokenIn(mail, "reset-password");
      expect(link.length).toBeLessThanOrEqual(200);
      await trpc.resetPassword.mutate({ token: link, password: NEW_PASSWORD });
      await trpc.signIn.mutate({ email, password: NEW_PASSWORD });
    });
  });
});

describe("the code of a reset email", () => {
  test("expires with the link", async () => {
    const rekey = await startRekey("pglite", { RESET_TOKEN_TTL: "4" });
    onTestFinished(() => rekey.stop());
    const { email } = await signUp(rekey);
    const { request, code, token } = await requestReset(rekey, email);
    const { trpc } = rekey.client();
    const until = Date.now() + 4000;
    await expect.poll(() => Date.now()).toBeGreaterThan(until);
    expect(await reasonOf(trpc.inspectResetToken.mutate({ token }))).toBe("TOKEN_EXPIRED");
    expect(await reasonOf(trpc.redeemCode.mutate({ request, code }))).toBe("CODE_DEAD");
    expect(await reasonOf(trpc.redeemCode.mutate({ request, code: notThe(code) }))).toBe(
      "CODE_DEAD",
    );
  });

  test("is guessed by one network only so often, over all handles; links are not held up", async () => {
    const rekey = await startRekey("pglite", { WRONG_TOKEN_LIMIT: "3" });
    onTestFinished(() => rekey.stop());
    const { email } = await signUp(rekey);
    const { request, code, token } = await requestReset(rekey, email);
    const { trpc } = rekey.client();
    for (let i = 0; i < 3; i++) {
      const { request: other = "" } = await trpc.requestReset.mutate({ email: freshEmail() });
      await toldOf(trpc.redeemCode.mutate({ request: other, code: "00000000" }));
    }
    expect(await toldOf(trpc.redeemCode.mutate({ request, code }))).toMatchObject({
      reason: "RATE_LIMITED",
      retryAfter: expect.any(Number),
    });
    expect(await trpc.inspectResetToken.mutate({ token })).toHaveProperty("email");
  });

  test.each([
    ["link", { handle: false, link: true, code: false }],
    ["code", { handle: true, link: false, code: true }],
    ["both", { handle: true, link: true, code: true }],
  ])("RESET_METHOD=%s decides what the email carries", async (method, carries) => {
    const rekey = await startRekey("pglite", { RESET_METHOD: method });
    onTestFinished(() => rekey.stop());
    const { email } = await signUp(rekey);
    const { request } = await rekey.client().trpc.requestReset.mutate({ email });
    const mail = await rekey.mailbox.mailTo(email, /not-me#/);
    expect({
      handle: request !== undefined,
      link: /reset-password#/.test(mail.text + mail.html),
      code: /^\d{4} \d{4}$/m.test(mail.text) && /\d{4} \d{4}/.test(mail.html),
    }).toEqual(carries);
    const page = await (await fetch(`${rekey.url}/check-mail`)).text();
    expect(page).toContain(`"resetMethod":"${method}"`);
  });
});
