import { describe, expect, test } from "vitest";
import { alreadyRegistered } from "./generated/already-registered.ts";
import { passwordChanged } from "./generated/password-changed.ts";
import { resetPassword } from "./generated/reset-password.ts";
import { serverError } from "./generated/server-error.ts";

const fields = {
  name: "Ada Example",
  url: "https://rekey.example/reset-password#token=abc.def",
  cancelUrl: "https://rekey.example/not-me#token=ghi.jkl",
  expiresIn: 600,
};

test("a reset mail greets by name, says how long the link lives and what to do if one did not ask", () => {
  const { subject, html, text } = resetPassword(fields);
  expect(subject).toBe("Reset your Rekey password");
  for (const part of [html, text]) {
    expect(part).toContain("Hello Ada Example,");
    expect(part).toContain("10 minutes");
    expect(part).toContain("your password is unchanged");
  }
  expect(text.split("\n")).toEqual(expect.arrayContaining([fields.url, fields.cancelUrl]));
  expect(text).toContain(`If this wasn't you, cancel this request:\n\n${fields.cancelUrl}\n`);
  expect(html).toMatch(/If this wasn't you, <a [^>]+>cancel this request<\/a>/);
});

test("a mail about a changed password leads to a reset", () => {
  const { subject, html, text } = passwordChanged({ name: "Ada", url: "https://a.example/x" });
  expect(subject).toBe("Your Rekey password was changed");
  for (const part of [html, text]) expect(part).toContain("If this was not you, reset it now");
});

describe("a hostile value", () => {
  test.each([
    ["markup", `<b>&"'`, "&lt;b&gt;&amp;&quot;&#39;"],
    ["a replacement pattern", "$& $1 $`", "$&amp; $1 $`"],
    ["a placeholder", "{{url}} {{url:link}}", "{{url}} {{url:link}}"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the attack.
    ["a template expression", "${1 + 1} `x`", "${1 + 1} `x`"],
    ["right-to-left text", "מרים כהן", "מרים כהן"],
  ])("in a name is shown as it is: %s", (_, name, escaped) => {
    const { html, text } = resetPassword({ ...fields, name });
    expect(text.split("\n")[0]).toBe(`Hello ${name},`);
    expect(html).toContain(`>Hello ${escaped},</p>`);
  });

  test("cannot forge lines of text or of the subject", () => {
    const name = "Ada,\r\n\r\nYour account is closed:\nhttps://evil.example\n\nDear";
    const plain = resetPassword(fields).text;
    expect(resetPassword({ ...fields, name }).text.split("\n")).toHaveLength(
      plain.split("\n").length,
    );
    const { subject } = serverError({ title: "a\r\nBcc: b@c.d", summary: "b", details: "c" });
    expect(subject).toBe("Rekey server error: a Bcc: b@c.d");
  });

  test("cannot leave the address it stands in", () => {
    const url = `https://rekey.example/?a=1&b="onclick='x'#<c>`;
    const escaped = "https://rekey.example/?a=1&amp;b=&quot;onclick=&#39;x&#39;#&lt;c&gt;";
    const { html, text } = resetPassword({ ...fields, url });
    expect(html.split(escaped)).toHaveLength(4);
    expect(html).not.toContain(url);
    expect(text.split("\n")).toContain(url);
  });

  test("is no reason to send a link that is none", () => {
    expect(() => resetPassword({ ...fields, cancelUrl: "javascript:alert(1)" })).toThrow(TypeError);
  });
});

test("the details of a server error keep their lines in both parts", () => {
  const details = "Error: <no>\n    at a\n    at b";
  const { html, text } = serverError({ title: "t", summary: "s", details });
  expect(text).toContain(`\n${details}\n`);
  expect(html).toMatch(/<pre [^>]+>Error: &lt;no&gt;\n {4}at a\n {4}at b<\/pre>/);
});

test("a field that is missing, unknown or of another type does not compile", () => {
  const { name, url } = fields;
  const calls = [
    // @ts-expect-error: resetUrl is missing.
    () => alreadyRegistered({ name, url }),
    // @ts-expect-error: there is no resetURL.
    () => alreadyRegistered({ name, url, resetUrl: url, resetURL: url }),
    // @ts-expect-error: a duration is a number of seconds.
    () => resetPassword({ ...fields, expiresIn: "10 minutes" }),
  ];
  expect(calls).toHaveLength(3);
});
