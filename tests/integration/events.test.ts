import { describe, expect, onTestFinished, test } from "vitest";
import { startEventReceiver } from "../support/event-receiver.ts";
import { NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { engines, noPostgres, requestReset, signUp, startRekey } from "../support/rekey.ts";

describe.each(engines)("on %s", (engine) => {
  describe.skipIf(engine === "postgres" && noPostgres)("with a receiver of events", () => {
    test("it hears of resets and cancellations, signed, again until it takes them, and of nobody's address", async () => {
      const receiver = await startEventReceiver();
      const rekey = await startRekey(engine, receiver.env);
      onTestFinished(() => rekey.stop());
      const { email, client } = await signUp(rekey);
      const { account } = await client.trpc.me.query();
      const anonymous = rekey.client({
        "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      }).trpc;

      const cancelled = await requestReset(rekey, email);
      await anonymous.cancelReset.mutate({ token: cancelled.cancelToken });
      const [cancellation] = await receiver.events("reset.cancelled");
      expect(cancellation?.payload).toEqual({
        type: "reset.cancelled",
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        data: {
          accountId: account?.id,
          browser: "Firefox",
          system: "Linux",
          network: "127.0.0.1",
        },
      });
      expect(cancellation?.path).toBe("/hook");

      const credentials = { email, password: PASSWORD };
      await client.trpc.signIn.mutate(credentials);
      await anonymous.signIn.mutate(credentials);
      const [signIn] = await receiver.events("sign_in.new_device");
      expect(signIn?.payload.data).toMatchObject({ accountId: account?.id, browser: "Firefox" });

      // A redirect is a failure: nothing goes where the receiver, and not the operator, points to.
      receiver.answerWith(302, { location: `${receiver.url}/elsewhere` });
      const { token } = await requestReset(rekey, email);
      await anonymous.resetPassword.mutate({ token, password: NEW_PASSWORD });
      await receiver.events("password.reset");
      receiver.answerWith(204);
      const attempts = await receiver.events("password.reset", 2);
      expect(new Set(attempts.map(({ id }) => id)).size).toBe(1);
      expect(new Set(attempts.map(({ body }) => body)).size).toBe(1);
      expect(attempts.map(({ path }) => path)).toEqual(["/hook", "/hook"]);
      expect(attempts[0]?.id).not.toBe(cancellation?.id);

      expect(receiver.failures).toEqual([]);
      const told = receiver.received.map(({ headers, body }) => body + JSON.stringify(headers));
      for (const secret of [email, token, NEW_PASSWORD, cancelled.cancelToken, receiver.secret]) {
        expect(told.join()).not.toContain(secret);
      }
      const metrics = await fetch(`${rekey.url}/metrics`).then((response) => response.text());
      expect(metrics).toContain(
        'rekey_event_deliveries_total{event="password.reset",outcome="deferred"} 1',
      );
    });
  });
});
