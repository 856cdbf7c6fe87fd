import { expect, test } from "vitest";
import { mailboxSite } from "./mailbox-site.ts";

test.each([
  ["ada@gmail.com", "Gmail"],
  ["ada@GoogleMail.com", "Gmail"],
  ["ada@hotmail.co.uk", "Outlook"],
  ["ada@yahoo.co.jp", "Yahoo Mail"],
  ["ada@me.com", "iCloud Mail"],
  ["ada@pm.me", "Proton Mail"],
  ["ada@web.de", "WEB.DE"],
])("%s is read at %s", (email, name) => {
  expect(mailboxSite(email)?.name).toBe(name);
});

test.each(["ada@example.com", "ada@gmail.com.evil.example", "ada@notgmail.com", "gmail.com@x.y"])(
  "%s is read nowhere that is known",
  (email) => {
    expect(mailboxSite(email)).toBe(null);
  },
);
