import { builtInBrand as brand } from "@rekey/contract/brand";
import { describe, expect, test } from "vitest";
import { alreadyRegistered } from "./generated/already-registered.ts";
import { passwordChanged } from "./generated/password-changed.ts";
import { resetPassword } from "./generated/reset-password.ts";
import { serverError } from "./generated/server-error.ts";
import { defaultReader as reader } from "./src/reader.ts";

const fields = {
  name: "Ada Example",
  url: "https://rekey.example/reset-password#token=abc.def",
  code: "12345678",
  cancelUrl: "https://rekey.example/not-me#token=ghi.jkl",
  expiresIn: 600,
  expiresAt: new Date("2026-11-25T10:14:30Z"),
  at: new Date("2026-11-25T10:04:30Z"),
  browser: "Firefox",
  system: "Android",
  network: "198.51.100.7",
};

test("a reset mail greets by name, says how long the link lives and what to do if one did not ask", () => {
  const { subject, html, text } = resetPassword(brand, reader, fields);
  expect(subject).toBe("Reset your Rekey password");
  for (const part of [html, text]) {
    expect(part).toContain("Hello Ada Example,");
    expect(part).toContain("10 minutes");
    expect(part).toContain("your password is unchanged");
  }
  expect(text.split("\n")).toEqual(expect.arrayContaining([fields.url, fields.cancelUrl]));
  expect(text).toContain(`If this was not you, cancel this request:\n\n${fields.cancelUrl}\n`);
  expect(html).toMatch(
    /If this was not you, cancel this request:.*\n.*<a [^>]+>Cancel this request<\/a>/,
  );
});

test("a reset mail says until when the link lives, and where the request came from", () => {
  const { html, text } = resetPassword(brand, reader, fields);
  for (const part of [html, text]) {
    expect(part).toContain("This works for 10 minutes, until 10:14 UTC, and only once.");
    expect(part).toContain("Time: November 25, 2026 at 10:04 UTC");
    expect(part).toContain("Device: Firefox on Android");
    expect(part).toContain("Network: 198.51.100.7");
    expect(part).toContain("It does not prove who was using it.");
  }
});

test.each([
  ["Firefox", null, "Device: Firefox"],
  [null, "Android", "Device: Android"],
  [null, null, "Device: not recognised"],
])("a device is named as far as it is known: %s, %s", (browser, system, line) => {
  const { text } = resetPassword(brand, reader, { ...fields, browser, system });
  expect(text.split("\n")).toContain(`- ${line}`);
});

test("a reset mail that no request is known of says nothing of it", () => {
  const nobody = { browser: null, system: null, network: null };
  const { html, text } = resetPassword(brand, reader, { ...fields, ...nobody });
  for (const part of [html, text]) expect(part).not.toMatch(/Device|Network|When and where/);
  expect(text).not.toContain("\n\n\n");
});

test("a mail about a changed password leads to securing the account, and to a reset", () => {
  const { subject, html, text } = passwordChanged(brand, reader, {
    ...fields,
    url: "https://a.example/forgot-password",
    secureUrl: "https://a.example/secure-account#token=x",
  });
  expect(subject).toBe("Your Rekey password was changed");
  for (const part of [html, text]) {
    expect(part).toContain("If this was not you, secure your account now.");
    expect(part).toContain("https://a.example/forgot-password");
    expect(part).toContain("https://a.example/secure-account#token=x");
  }
});

test("a mail names who can help, in the words of the brand", () => {
  const branded = {
    ...brand,
    name: "Acme",
    supportAddress: "help@acme.example",
    footer: "Acme Inc.",
  };
  const { subject, html, text } = resetPassword(branded, reader, fields);
  expect(subject).toBe("Reset your Acme password");
  expect(text).toMatch(
    /Write to us: help@acme\.example\n\nSent automatically by Acme\..*\nAcme Inc\.\n$/,
  );
  expect(html).toContain('href="mailto:help@acme.example"');
  expect(html + text).not.toContain("Rekey");
  const page = { ...brand, supportUrl: "https://acme.example/help" };
  expect(resetPassword(page, reader, fields).text).toContain("\n\nhttps://acme.example/help\n\n");
});

test("a mail shows the colours of the brand", () => {
  const { light } = brand.colours;
  const colours = { ...brand.colours, light: { ...light, accent: "#123456" as const } };
  const { html } = resetPassword({ ...brand, colours }, reader, fields);
  expect(html).toContain("background: #123456");
});

describe("a hostile value", () => {
  test.each([
    ["markup", `<b>&"'`, "&lt;b&gt;&amp;&quot;&#39;"],
    ["a replacement pattern", "$& $1 $`", "$&amp; $1 $`"],
    ["a placeholder", "{{url}} {{url:link}}", "{{url}} {{url:link}}"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the attack.
    ["a template expression", "${1 + 1} `x`", "${1 + 1} `x`"],
    ["right-to-left text", "מרים כהן", "\u2068מרים כהן\u2069", "\u2068מרים כהן\u2069"],
  ])("in a name is shown as it is: %s", (_, name, escaped, plain = name) => {
    const { html, text } = resetPassword(brand, reader, { ...fields, name });
    expect(text.split("\n")[0]).toBe(`Hello ${plain},`);
    expect(html).toContain(`>Hello ${escaped},</p>`);
  });

  test("cannot forge lines of text or of the subject", () => {
    const name = "Ada,\r\n\r\nYour account is closed:\nhttps://evil.example\n\nDear";
    const plain = resetPassword(brand, reader, fields).text;
    expect(resetPassword(brand, reader, { ...fields, name }).text.split("\n")).toHaveLength(
      plain.split("\n").length,
    );
    const { subject } = resetPassword({ ...brand, name: "a\r\nBcc: b@c.d" }, reader, fields);
    expect(subject).toBe("Reset your a Bcc: b@c.d password");
  });

  test("cannot leave the address it stands in", () => {
    const url = `https://rekey.example/?a=1&b="onclick='x'#<c>`;
    const escaped = "https://rekey.example/?a=1&amp;b=&quot;onclick=&#39;x&#39;#&lt;c&gt;";
    const { html, text } = resetPassword(brand, reader, { ...fields, url });
    expect(html.split(escaped)).toHaveLength(4);
    expect(html).not.toContain(url);
    expect(text.split("\n")).toContain(url);
  });

  test("is no reason to send a link that is none", () => {
    expect(() =>
      resetPassword(brand, reader, { ...fields, cancelUrl: "javascript:alert(1)" }),
    ).toThrow(TypeError);
  });
});

test("the details of a server error keep their lines in both parts", () => {
  const details = "Error: <no>\n    at a\n    at b";
  const { html, text } = serverError(brand, reader, { count: 1, places: "s", details });
  expect(text).toContain(`\n${details}\n`);
  expect(html).toMatch(/<pre [^>]+>Error: &lt;no&gt;\n {4}at a\n {4}at b<\/pre>/);
});

test("a field that is missing, unknown or of another type does not compile", () => {
  const { name, url } = fields;
  const calls = [
    // @ts-expect-error: resetUrl is missing.
    () => alreadyRegistered(brand, reader, { name, url }),
    // @ts-expect-error: there is no resetURL.
    () => alreadyRegistered(brand, reader, { name, url, resetUrl: url, resetURL: url }),
    // @ts-expect-error: a duration is a number of seconds.
    () => resetPassword(brand, reader, { ...fields, expiresIn: "10 minutes" }),
  ];
  expect(calls).toHaveLength(3);
});
