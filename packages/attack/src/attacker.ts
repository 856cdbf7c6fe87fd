import { randomBytes } from "node:crypto";
import type { PageConfig } from "@rekey/contract/page-config";
import { brief, Failure, must } from "./check.ts";
import { type Inbox, waitForMail } from "./inbox/inbox.ts";
import { codeIn, type Mail, tokenIn } from "./inbox/mail.ts";
import type { Networks } from "./networks.ts";
import type { AttackOptions } from "./options.ts";
import type { Answer, CallOptions, Target } from "./target.ts";

/** The notice of a changed password, in whatever language: it leads to where one asks for a reset. */
export const NOTICE = /\/forgot-password\b/;

/** An account of the attacker's own. */
export interface Person {
  email: string;
  name: string;
  password: string;
  /** Of a session that is signed in. */
  cookie: string;
}

export interface ResetLink {
  token: string;
  /** The handle that the browser keeps, and the code for it; null where emails carry none. */
  request: string | null;
  code: string | null;
  cancelToken: string;
  mail: Mail;
}

export interface AttackerOptions {
  target: Target;
  inbox: Inbox;
  networks: Networks;
  deployment: PageConfig;
  options: AttackOptions;
  pause: (ms: number) => Promise<void>;
  /** Keeps what was measured, for the report. */
  note?: (text: string) => void;
}

export type Attacker = ReturnType<typeof createAttacker>;

/** Long enough for what is taken up together with the last mail to arrive as well, in milliseconds. */
const TOGETHER = 300;

/** What a check may do: call the deployment from a network of its own, sign people up, read mail. */
export function createAttacker({
  target,
  inbox,
  networks,
  deployment,
  options,
  pause,
  note = () => {},
}: AttackerOptions) {
  const from = networks.fresh();
  const waiting = { pause, timeout: options.mailPatience };

  const address = (tag = "attack") => `${tag}.${randomBytes(6).toString("hex")}@${options.domain}`;
  /** One that no list holds. */
  const password = () => `Quiet-${randomBytes(9).toString("base64url")}-lantern`;

  const call = (procedure: string, input: unknown, more: CallOptions = {}): Promise<Answer> =>
    target.call(procedure, input, { from, ...more });

  async function mailTo(to: string, matching: RegExp, after = 0): Promise<Mail> {
    const mail = await waitForMail(inbox, to, matching, { ...waiting, after });
    if (mail !== null) return mail;
    throw new Failure(
      `no mail like ${matching} to ${to} came to ${inbox.name} within ${waiting.timeout / 1000} s`,
    );
  }

  /** Signs somebody up and confirms through the mail, as a person would. */
  async function signUp(more: Partial<Pick<Person, "email" | "name">> = {}): Promise<Person> {
    const person = { email: address(), name: "Ada Attack", password: password(), ...more };
    const accepted = await call("signUp", person);
    must(accepted.data?.status === "accepted", `signUp answered ${told(accepted)}`);
    const mail = await mailTo(person.email, /verify-email#token=/);
    const { password: chosen } = person;
    const verified = await call("verifyEmail", {
      token: tokenIn(mail, "verify-email"),
      password: chosen,
    });
    must(Boolean(verified.cookie), `verifyEmail answered ${told(verified)} without a session`);
    return { ...person, cookie: verified.cookie ?? "" };
  }

  /** Reads what a reset email carries. Where that is a code alone, it is exchanged for the token of a link. */
  async function readReset(mail: Mail, request: string | null): Promise<ResetLink> {
    const cancelToken = tokenIn(mail, "/not-me");
    const code = codeIn(mail);
    const token = tokenIn(mail, "/reset-password") ?? (await redeem(request, code));
    must(token !== null && cancelToken !== null, `a reset mail has no links: ${brief(mail.text)}`);
    return { token, cancelToken, request, code, mail };
  }

  async function redeem(request: string | null, code: string | null): Promise<string | null> {
    if (request === null || code === null) return null;
    const { data } = await call("redeemCode", { request, code });
    return typeof data?.token === "string" ? data.token : null;
  }

  async function requestReset(email: string, more: CallOptions = {}): Promise<ResetLink> {
    const before = (await inbox.mailsTo(email)).length;
    const answer = await call("requestReset", { email }, more);
    must(answer.data?.status === "accepted", `requestReset answered ${told(answer)}`);
    const { request } = answer.data;
    const mail = await mailTo(email, /\/not-me#token=/, before);
    return readReset(mail, typeof request === "string" ? request : null);
  }

  return {
    target,
    deployment,
    options,
    pause,
    note,
    from,
    networks,
    address,
    password,
    call,
    /** Sends a body as it stands. */
    post: (procedure: string, body: string, more: CallOptions = {}) =>
      target.post(procedure, body, { from, ...more }),
    mailTo,
    mailsTo: inbox.mailsTo,
    signUp,
    requestReset,

    /** The link works now; asking changes nothing. */
    inspect: (token: string) => call("inspectResetToken", { token }),
    reset: (token: string, newPassword: string) =>
      call("resetPassword", { token, password: newPassword }),

    /** Whose session a cookie is; null when it is nobody's. */
    async whose(cookie: string): Promise<string | null> {
      const { text } = await target.get("/trpc/me", { cookie, from });
      const { result } = JSON.parse(text) as {
        result?: { data?: { account?: { email: string } } };
      };
      return result?.data?.account?.email ?? null;
    },

    async signIn(email: string, tried: string, more: CallOptions = {}): Promise<Answer> {
      return call("signIn", { email, password: tried }, more);
    },

    /** Resolves when mails asked for before must have come: one asked for afterwards is there. */
    async settle(): Promise<void> {
      const email = address("settle");
      await call("signUp", { email, name: "Settle", password: password() });
      await mailTo(email, /verify-email#token=/);
      await pause(TOGETHER);
      await inbox.mailsTo(email);
    },
  };
}

/** An answer in a few words. */
export function told({ status, reason, text }: Answer): string {
  return `${status} ${reason ?? brief(text)}`;
}
