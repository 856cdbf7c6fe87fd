import { builtInBrand } from "@rekey/contract/brand";
import type { PrismaClient } from "@rekey/db/client";
import { createKeyRing } from "@rekey/tokens/key-ring";
import { createTokens } from "@rekey/tokens/tokens";
import { expect, test } from "vitest";
import { createComposePasswordChangedMail } from "./compose-password-changed-mail.ts";

const MINUTE_MS = 60_000;
const changed = new Date("2026-11-28T10:01:00.000Z");
const minutesLater = (minutes: number) => new Date(changed.getTime() + minutes * MINUTE_MS);

/** What is composed for the notice of a change at 10:01 when the latest change was at `latest`. */
function compose(latest: Date) {
  const account = {
    id: "account",
    email: "ada@example.com",
    name: "Ada",
    passwordHash: "hash",
    passwordChangedAt: latest,
    locale: "en",
    timeZone: null,
  };
  const now = () => changed;
  const composer = createComposePasswordChangedMail({
    prisma: { account: { findUnique: async () => account } } as unknown as PrismaClient,
    tokens: createTokens({
      keys: createKeyRing(["test-key-test-key-test-key-test-key"]),
      issuer: "https://x.example",
      now,
    }),
    appUrl: "https://x.example",
    brand: builtInBrand,
  });
  const data = { accountId: "account", requester: null, changedAt: changed.toISOString() };
  const accepted = {
    id: crypto.randomUUID(),
    acceptedAt: minutesLater(-0.001),
    expiresAt: minutesLater(4000),
    now: minutesLater(5),
  };
  return composer(data, accepted);
}

test("the notice of the latest change carries the link for whoever did not make it", async () => {
  const composed = await compose(changed);
  expect(composed).toMatchObject({ status: "send", recipient: "ada@example.com" });
  expect(JSON.stringify(composed)).toContain("/secure-account#token=");
});

test("a change within the same five minutes has the notice of both", async () => {
  expect(await compose(minutesLater(3.9))).toMatchObject({ status: "skip" });
});

test("a change after that holds no notice up: it goes out, without a link that is dead", async () => {
  const composed = await compose(minutesLater(4.1));
  expect(composed).toMatchObject({ status: "send" });
  expect(JSON.stringify(composed)).not.toContain("/secure-account#token=");
});
