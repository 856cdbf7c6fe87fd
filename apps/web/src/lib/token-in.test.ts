import { describe, expect, it, test } from "vitest";
import { tokenIn, tokenInText } from "./token-in.ts";

const SIGNATURE = "Sig-_9".repeat(8).slice(0, 43);
const TOKEN = `eyJhbGciOiJIUzI1NiIsImtpZCI6ImEifQ.eyJqdGkiOiJhYmMtX3oiLCJleHAiOjF9.${SIGNATURE}`;

function read(address: string) {
  const { pathname, search, hash } = new URL(address, "https://rekey.test");
  return tokenIn({ pathname, search, hash });
}

describe("the token of a link that email programs and gateways changed", () => {
  test.each([
    ["as it was sent", `/reset-password#token=${TOKEN}`],
    ["with # as %23", `/reset-password%23token=${TOKEN}`],
    ["with # as %2523", `/reset-password%2523token=${TOKEN}`],
    ["with = as %3D", `/reset-password#token%3D${TOKEN}`],
    ["with = as =3D", `/reset-password#token=3D${TOKEN}`],
    ["in the query", `/reset-password?token=${TOKEN}`],
    ["in the query, with # as %23", `/reset-password?%23token=${TOKEN}`],
    ["after a slash", `/reset-password/#token=${TOKEN}`],
    ["with the words in capitals", `/Reset-Password#TOKEN=${TOKEN}`],
    ["before another parameter", `/reset-password#token=${TOKEN}&utm_source=email`],
    ["after another parameter", `/reset-password?utm_source=email#token=${TOKEN}`],
    ["with a full stop behind it", `/reset-password#token=${TOKEN}.`],
    ["with a bracket behind it", `/reset-password#token=${TOKEN})`],
    ["with > behind it", `/reset-password#token=${TOKEN}%3E`],
    ["with letters behind it", `/reset-password#token=${TOKEN}abc`],
    [
      "with a no-break space in it",
      `/reset-password#token=${TOKEN.slice(0, 40)}%C2%A0${TOKEN.slice(40)}`,
    ],
    ["with an escaped dot", `/reset-password#token=${TOKEN.replace(".", "%2E")}`],
  ])("%s", (_what, address) => {
    expect(read(address)).toMatchObject({ pathname: "/reset-password", token: TOKEN });
  });

  it("leaves no trace in the address, whose other parameters stay", () => {
    expect(read(`/reset-password?a=1&token=${TOKEN}&b=2#token=${TOKEN}`)?.address).toBe(
      "/reset-password?a=1&b=2",
    );
    expect(read(`/not-me%23token=${TOKEN}`)?.address).toBe("/not-me");
  });

  it("is what stands there if it is no token, for the server to say what is wrong", () => {
    expect(read("/not-me#token=abc.def")).toMatchObject({ token: "abc.def" });
    expect(read("/not-me#token=")).toMatchObject({ token: "", address: "/not-me" });
  });

  test.each([
    "/not-me",
    "/not-me#",
    "/not-me#main",
    "/settings#password",
    `/sign-in#token=${TOKEN}`,
  ])("%s has none", (address) => {
    expect(read(address)).toBeNull();
  });
});

describe("the token in what somebody pasted", () => {
  test.each([
    ["a link", `https://rekey.test/reset-password#token=${TOKEN}`],
    ["a link in angle brackets", `<https://rekey.test/reset-password#token=${TOKEN}>`],
    ["the token alone", TOKEN],
    [
      "a link over several lines",
      `https://rekey.test/reset-password#token=${TOKEN.slice(0, 30)}\n${TOKEN.slice(30, 90)}\r\n${TOKEN.slice(90)}`,
    ],
    [
      "a quoted link",
      `> https://rekey.test/reset-password#token=${TOKEN.slice(0, 30)}\n> ${TOKEN.slice(30)}`,
    ],
    ["quoted-printable", `token=3D${TOKEN.slice(0, 30)}=\r\n${TOKEN.slice(30)}`],
    ["invisible characters", `token=\u200b${TOKEN.slice(0, 9)}\u00ad${TOKEN.slice(9)}\ufeff`],
    ["words around it", `Here it is: https://rekey.test/reset-password#token=${TOKEN} . Thanks!`],
  ])("%s", (_what, text) => {
    expect(tokenInText(text)).toBe(TOKEN);
  });

  test.each(["", "hello", "https://rekey.test/reset-password", "token=abc", "a.b.c", "1234 5678"])(
    "%j has none",
    (text) => {
      expect(tokenInText(text)).toBeNull();
    },
  );
});
