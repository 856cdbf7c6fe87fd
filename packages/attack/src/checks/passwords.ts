import { type Attacker, told } from "../attacker.ts";
import { type Check, must } from "../check.ts";

/** Each must be refused at sign-up for the reason. */
async function refused(attacker: Attacker, reason: RegExp, passwords: string[], more: object = {}) {
  for (const password of passwords) {
    const input = { email: attacker.address(), name: "Ada Attack", password, ...more };
    const answer = await attacker.call("signUp", input, { from: attacker.networks.fresh() });
    must(
      reason.test(answer.reason ?? ""),
      `one of ${password.length} characters was answered ${told(answer)}`,
    );
  }
}

/** Resets to the password, then tries each as the password. */
async function resetTo(attacker: Attacker, password: string) {
  const { email } = await attacker.signUp();
  const { token } = await attacker.requestReset(email);
  const used = await attacker.reset(token, password);
  must(used.data?.status === "reset", `${password.length} characters were answered ${told(used)}`);
  return async (tried: string) => (await attacker.signIn(email, tried)).data !== undefined;
}

export const passwordChecks: Check[] = [
  {
    id: "password-length",
    title: "Passwords are of 8 to 256 characters, and a huge one costs nothing",
    standards: ["CWE-521", "ASVS 6.2.1", "NIST SP 800-63B-4 3.1.1.2"],
    async run(attacker) {
      const { minLength } = attacker.deployment.passwordPolicy;
      must(minLength >= 8, `the minimum is ${minLength}`);
      const short = attacker.password().slice(0, minLength - 1);
      await refused(attacker, /^PASSWORD_TOO_SHORT$/, [
        short,
        "",
        "\u{1f511}".repeat(minLength - 1),
      ]);
      await refused(attacker, /^PASSWORD_TOO_LONG$/, ["x".repeat(257), "\u{1f511}".repeat(257)]);
      const input = { email: attacker.address(), name: "Ada", password: "x".repeat(60_000) };
      const huge = await attacker.call("signUp", input);
      must(huge.reason === "PASSWORD_TOO_LONG", `60 kB were answered ${told(huge)}`);
      must(huge.ms < 1000, `60 kB took ${Math.round(huge.ms)} ms`);
    },
  },
  {
    id: "password-visible",
    title: "Nothing that cannot be seen is a password or a name",
    standards: ["CWE-521", "CWE-20"],
    async run(attacker) {
      const blanks = [" ", "\0", "\u00a0", "\u200b", "\u3164", "\u2800", "\ufe0f", "\u0301"];
      const { minLength } = attacker.deployment.passwordPolicy;
      const passwords = [...blanks, blanks.join("")].map((one) => one.repeat(minLength));
      await refused(attacker, /^PASSWORD_TOO_/, passwords);
      for (const name of [...blanks, "\u200b\u3164\u2800"]) {
        const input = { email: attacker.address(), name, password: attacker.password() };
        const answer = await attacker.call("signUp", input, { from: attacker.networks.fresh() });
        must(answer.reason === "INVALID_INPUT", `a blank name was answered ${told(answer)}`);
      }
    },
  },
  {
    id: "password-common",
    title: "Common passwords are refused, in any letter case",
    standards: ["CWE-521", "ASVS 6.2.4", "NIST SP 800-63B-4 3.1.1.2"],
    async run(attacker) {
      const { minLength } = attacker.deployment.passwordPolicy;
      const common = [
        "password",
        "password1",
        "12345678",
        "qwertyuiop",
        "iloveyou1",
        "PassWord123",
      ];
      await refused(attacker, /^PASSWORD_TOO_(COMMON|SHORT)$/, common);
      const long = common.filter(({ length }) => length >= minLength);
      await refused(attacker, /^PASSWORD_TOO_COMMON$/, long);
    },
  },
  {
    id: "password-own",
    title: "One's own address and name are no password",
    standards: ["CWE-521", "ASVS 6.2.11", "NIST SP 800-63B-4 3.1.1.2"],
    async run(attacker) {
      const email = attacker.address("somebody");
      const name = `Somebody ${email.slice(9, 15)}`;
      const [local = ""] = email.split("@");
      const own = [email, local, name, email.toUpperCase()];
      await refused(attacker, /^PASSWORD_TOO_COMMON$/, own, { email, name });
    },
  },
  {
    id: "password-whole",
    title: "A long password counts to its last character, in its own letter case",
    standards: ["CWE-521", "ASVS 6.2.8", "ASVS 6.2.9", "NIST SP 800-63B-4 3.1.1.2"],
    async run(attacker) {
      const password = `${attacker.password()} ${"correct horse battery ".repeat(5)}\u{1f40e}`;
      const opens = await resetTo(attacker, password);
      must(await opens(password), "the password itself does not open");
      must(!(await opens(password.slice(0, 72))), "its first 72 characters open as well");
      must(!(await opens(password.toLowerCase())), "its letter case does not matter");
      must(!(await opens(` ${password}`)), "a space in front does not matter");
    },
  },
  {
    id: "password-unicode",
    title: "Any character may stand in a password, and every keyboard types the same one",
    standards: ["ASVS 6.2.5", "NIST SP 800-63B-4 3.1.1.2"],
    async run(attacker) {
      const password = `z\u00fcrich \u5bc6\u7801 \ufb01ne ${attacker.password().slice(-14)}`;
      const opens = await resetTo(attacker, password);
      must(await opens(password.normalize("NFD")), "its decomposed form does not open");
      must(await opens(password.normalize("NFKC")), "its composed form does not open");
    },
  },
];
