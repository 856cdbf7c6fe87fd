import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reasonOf } from "../support/api-client.ts";
import { NEW_PASSWORD } from "../support/people.ts";
import {
  engines,
  noPostgres,
  type Rekey,
  requestReset,
  signUp,
  startRekey,
} from "../support/rekey.ts";

/** In seconds: longer than any machine takes to get the mail out. */
const LIFE = 120;

describe.each(engines)("on %s", (engine) => {
  describe.skipIf(engine === "postgres" && noPostgres)("a link that lives two minutes", () => {
    let rekey: Rekey;
    beforeAll(async () => {
      rekey = await startRekey(engine, {
        RESET_TOKEN_TTL: String(LIFE),
        RATE_LIMIT_PER_EMAIL: "1",
      });
    });
    afterAll(() => rekey?.stop());

    test("says so in its mail, and is expired after them", async () => {
      const { email } = await signUp(rekey);
      const { mail, token } = await requestReset(rekey, email);
      expect(mail.text).toContain("2 minutes");
      const { trpc } = rekey.client();
      await trpc.inspectResetToken.mutate({ token });
      await rekey.passSeconds(LIFE);
      expect(await reasonOf(trpc.inspectResetToken.mutate({ token }))).toBe("TOKEN_EXPIRED");
      expect(await reasonOf(trpc.resetPassword.mutate({ token, password: NEW_PASSWORD }))).toBe(
        "TOKEN_EXPIRED",
      );
    });

    test("leaves a way in: with the mailbox's limit used up and the link dead, a new one comes", async () => {
      const { email } = await signUp(rekey);
      const { token } = await requestReset(rekey, email);
      const { trpc } = rekey.client();
      await rekey.passSeconds(LIFE);
      expect(await reasonOf(trpc.inspectResetToken.mutate({ token }))).toBe("TOKEN_EXPIRED");
      const fresh = await requestReset(rekey, email);
      await trpc.resetPassword.mutate({ token: fresh.token, password: NEW_PASSWORD });
    });

    test("is not sent any more when the mail server was down for longer", async () => {
      const { email } = await signUp(rekey);
      const resets = () =>
        rekey.mailbox.to(email).filter(({ text }) => /reset-password#/.test(text));
      rekey.mailbox.answerWith((address) =>
        address === email ? { code: 451, text: "4.3.0 try later" } : null,
      );
      await rekey.client().trpc.requestReset.mutate({ email });
      await rekey.mailbox.refusals(1);
      await rekey.passSeconds(LIFE);
      rekey.mailbox.answerWith(() => null);

      // A fresh request goes out, and it alone.
      const { token } = await requestReset(rekey, email);
      expect(resets()).toHaveLength(1);
      expect(resets()[0]?.text).toContain(token);
    });
  });
});
