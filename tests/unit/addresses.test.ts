import { domainToUnicode } from "node:url";
import { mailboxKey, parseMailbox } from "@rekey/contract/email";
import { createMailer } from "@rekey/mail/mailer";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { startMailbox } from "../support/mailbox.ts";

/** Characters that have fooled parsers of addresses, mixed into what looks like one. */
const trick = fc.constantFrom(
  ..."@,;:<>()[]\"\\ %!#'`|{}=?*/+._-aZ09\r\n\0\t",
  "\u200b",
  "\u00ad",
  "\u202e",
  "\uff20",
  "\uff0e",
  "\u3002",
  "\u0131",
  "\u0130",
  "\u212a",
  "\u017f",
  "\u00df",
  "ä",
  "例",
  "🦦",
);
const tricky = fc.string({ unit: trick, maxLength: 30 });
const domain = fc.constantFrom(
  "example.com",
  "Example.COM",
  "münchen.example",
  "例え.テスト",
  "b.c",
);
const typed = fc.oneof(
  fc.emailAddress(),
  fc.tuple(tricky, domain).map(([local, host]) => `${local}@${host}`),
  fc.tuple(tricky, tricky, domain).map(([local, middle, host]) => `${local}@${middle}${host}`),
  fc
    .tuple(
      fc.string({ unit: fc.constantFrom(..."abcXYZ.+-_'"), minLength: 1, maxLength: 20 }),
      domain,
    )
    .map(([local, host]) => `${local}@${host}`),
);

test("every accepted address is one SMTP recipient, letter by letter", async () => {
  const mailbox = await startMailbox();
  onTestFinished(() => mailbox.close());
  const smtp = { host: "127.0.0.1", port: mailbox.port, security: "none" } as const;
  const mailer = createMailer({ smtp, from: "Rekey <no-reply@example.test>", concurrency: 5 });
  onTestFinished(() => mailer.close());
  const byKey = new Map<string, string>();
  for (const each of fc.sample(typed, { numRuns: 3000, seed: 4 })) {
    const read = parseMailbox(each);
    if (read !== null && byKey.size < 120) byKey.set(mailboxKey(read), read);
  }
  const accepted = [...byKey.values()];
  expect(accepted).toHaveLength(120);
  const sent = await Promise.all(
    accepted.map(async (to) => {
      const outcome = await mailer.send({ to, subject: to, text: "text", html: "<p>text</p>" });
      return [to, outcome.status];
    }),
  );
  expect(sent.filter(([, status]) => status !== "sent")).toEqual([]);
  for (const address of accepted) {
    // The test's SMTP server shows a domain as it is read, in small letters.
    const [local = "", domain = ""] = address.split("@");
    const shown = `${local}@${domainToUnicode(domain)}`;
    expect(mailbox.to(shown).map(({ to, subject }) => ({ to, subject }))).toEqual([
      { to: [shown], subject: address },
    ]);
  }
}, 60_000);

test("what is accepted matches itself in every ASCII case, and nothing that differs in more", () => {
  fc.assert(
    fc.property(typed, typed, (one, other) => {
      const [left, right] = [parseMailbox(one), parseMailbox(other)];
      if (left === null) return;
      expect(mailboxKey(left.toUpperCase())).toBe(mailboxKey(left));
      if (right === null) return;
      // Both are ASCII by now, where the case of a letter is one bit.
      const same = left.toLowerCase() === right.toLowerCase();
      expect(mailboxKey(left) === mailboxKey(right)).toBe(same);
    }),
    { numRuns: 1000 },
  );
});

const FORBIDDEN = /[\p{Cc}\p{Cf}\s,;:<>()[\]"\\\uff00-\uffef]/u;

test("nothing with a control character, list, comment, quote, route, literal or full-width sign is accepted", () => {
  fc.assert(
    fc.property(typed, (text) => {
      if (FORBIDDEN.test(text) || text.split("@").length !== 2) {
        expect([text, parseMailbox(text)]).toEqual([text, null]);
      }
    }),
    { numRuns: 5000 },
  );
});

test("what is too long is refused by its length, before it is looked at", () => {
  const huge = `${"(".repeat(100_000)}ada@example.com`;
  const looked: string[] = [];
  const watched = new Proxy(Object(huge), {
    get(target, key) {
      looked.push(String(key));
      const value = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  }) as string;
  expect(parseMailbox(watched)).toBeNull();
  expect(looked).toEqual(["length"]);
});
