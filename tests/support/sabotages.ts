import type { Mail } from "@rekey/attack/inbox/mail";
import type { Exchange, Reply, Sabotage } from "./sabotage-proxy.ts";

/** A protection taken away: in what the server hears and says, or in the mails it sends. */
export interface Hole {
  /** The check that must notice. */
  check: string;
  /** Protection by protection, in words. */
  without: string;
  sabotage?: () => Sabotage;
  mail?: (mail: Mail) => Mail;
  /** Tried with every check there is, not with those of its group alone. */
  whole?: true;
}

const json = (body: unknown, status = 200): Reply => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const result = (data: unknown) => json({ result: { data } });
const refusal = (reason: string) => json({ error: { data: { reason } } }, 400);

const procedureOf = ({ path }: Exchange) => path.match(/^\/trpc\/(\w+)(?:\?|$)/)?.[1] ?? "";
const inputOf = ({ body }: Exchange): Record<string, unknown> => parse(body) ?? {};
const reasonOf = ({ body }: Reply): string => parse(body)?.error?.data?.reason ?? "";
const dataOf = ({ body }: Reply) => parse(body)?.result?.data;

interface Parsed extends Record<string, unknown> {
  jti?: string;
  sub?: string;
  aud?: string;
  alg?: string;
  error?: { data?: { reason?: string } };
  result?: {
    data?: {
      status?: string;
      account?: { id: string; email: string };
      events?: { outcome: string }[];
      sessions?: unknown[];
      request?: string;
      token?: string;
    };
  };
}

function parse(text: string): Parsed | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "latin1").toString("utf8"));
    return typeof value === "object" ? (value as Parsed) : null;
  } catch {
    return null;
  }
}

const withInput = (exchange: Exchange, input: object): Exchange => ({
  ...exchange,
  body: Buffer.from(JSON.stringify(input)).toString("latin1"),
});

/** Changes what one procedure is given. */
const rewriteInput =
  (procedures: string[], change: (input: Record<string, unknown>) => object): (() => Sabotage) =>
  () =>
  (exchange, forward) => {
    const input = inputOf(exchange);
    const changed = procedures.includes(procedureOf(exchange)) ? change(input) : input;
    return forward(changed === input ? exchange : withInput(exchange, changed));
  };

/** Changes what the server answers. */
const rewriteReply =
  (change: (reply: Reply, exchange: Exchange) => Reply): (() => Sabotage) =>
  () =>
  async (exchange, forward) =>
    change(await forward(exchange), exchange);

function claimsOf(token: unknown): Parsed {
  return (
    parse(Buffer.from(String(token).split(".")[1] ?? "", "base64url").toString("latin1")) ?? {}
  );
}

/** Tokens that the sabotaged server takes for used up. */
function burning(burns: (exchange: Exchange, reply: Reply) => string | null): () => Sabotage {
  return () => {
    const burnt = new Set<unknown>();
    return async (exchange, forward) => {
      if (procedureOf(exchange) !== "" && burnt.has(inputOf(exchange).token))
        return refusal("TOKEN_USED");
      const reply = await forward(exchange);
      const token = burns(exchange, reply);
      if (token !== null) burnt.add(token);
      return reply;
    };
  };
}

const isUse = (exchange: Exchange) => procedureOf(exchange) === "resetPassword";
const succeeded = (reply: Reply, status: string) => dataOf(reply)?.status === status;

/** Whose address has been told to be an account's. */
function knowing(
  tell: (exchange: Exchange, forward: (e: Exchange) => Promise<Reply>) => Promise<Reply>,
) {
  return (): Sabotage => {
    const known = new Set<unknown>();
    return async (exchange, forward) => {
      if (known.has(inputOf(exchange).email)) return tell(exchange, forward);
      const reply = await forward(exchange);
      const email = dataOf(reply)?.account?.email;
      if (email !== undefined) known.add(email);
      return reply;
    };
  };
}

/** A link that works again: when it was used before, or for all who use it at the same time. */
function reusable(when: "afterwards" | "meanwhile"): () => Sabotage {
  return () => {
    const inFlight = new Map<unknown, number>();
    const raced = new Set<unknown>();
    const used = new Set<unknown>();
    return async (exchange, forward) => {
      if (!isUse(exchange)) return forward(exchange);
      const { token } = inputOf(exchange);
      const others = inFlight.get(token) ?? 0;
      if (others > 0) raced.add(token);
      inFlight.set(token, others + 1);
      const reply = await forward(exchange);
      inFlight.set(token, (inFlight.get(token) ?? 1) - 1);
      if (succeeded(reply, "reset")) used.add(token);
      const again = reasonOf(reply) === "TOKEN_USED" && (used.has(token) || raced.has(token));
      return again && raced.has(token) === (when === "meanwhile")
        ? result({ status: "reset" })
        : reply;
    };
  };
}

export const holes: Hole[] = [
  {
    check: "address-array",
    without: "the schema: the first of an array of addresses is taken",
    whole: true,
    sabotage: rewriteInput(["requestReset"], (input) =>
      Array.isArray(input.email) ? { email: input.email.flat()[0] } : input,
    ),
  },
  {
    check: "address-list",
    without: "the address parser: the first of a list is taken",
    sabotage: rewriteInput(["requestReset"], (input) =>
      typeof input.email === "string" ? { ...input, email: input.email.split(",")[0] } : input,
    ),
  },
  {
    check: "address-unicode",
    without: "ASCII folding: Unicode case mapping finds the account",
    sabotage: rewriteInput(["requestReset"], (input) =>
      typeof input.email === "string"
        ? { ...input, email: input.email.toUpperCase().toLowerCase() }
        : input,
    ),
  },
  {
    check: "link-fragment",
    without: "the fragment: the HTML part carries the token in the query",
    mail: (mail) => ({ ...mail, html: mail.html.replaceAll("#token=", "?token=") }),
  },
  {
    check: "link-scanner",
    without: "the button: opening the link uses it up",
    whole: true,
    sabotage: burning(({ method, path }) =>
      method === "POST" ? null : (path.match(/reset-password\?token=(.+)/)?.[1] ?? null),
    ),
  },
  {
    check: "link-refused-password",
    without: "the order inside reset: a refused password uses the link up",
    sabotage: burning((exchange, reply) =>
      isUse(exchange) && reasonOf(reply).startsWith("PASSWORD_")
        ? String(inputOf(exchange).token)
        : null,
    ),
  },
  {
    check: "link-single-use",
    without: "single use: a link works again",
    whole: true,
    sabotage: reusable("afterwards"),
  },
  {
    check: "link-race",
    without: "the conditional update: who comes at the same time wins too",
    whole: true,
    sabotage: reusable("meanwhile"),
  },
  {
    check: "link-replaced",
    without: "retiring the older link",
    sabotage: rewriteReply((reply, exchange) =>
      reasonOf(reply) === "TOKEN_REPLACED" && isUse(exchange) ? result({ status: "reset" }) : reply,
    ),
  },
  {
    check: "link-cancelled",
    without: "cancelling: the link lives on",
    sabotage: () => {
      const cancelled = new Set<string | undefined>();
      return async (exchange, forward) => {
        const reply = await forward(exchange);
        const { jti } = claimsOf(inputOf(exchange).token);
        if (succeeded(reply, "cancelled")) cancelled.add(jti);
        return isUse(exchange) && cancelled.has(jti) ? result({ status: "reset" }) : reply;
      };
    },
  },
  {
    check: "link-password-changed",
    without: "the fingerprint of the password beside the link",
    sabotage: () => {
      // Each check comes from a network of its own.
      const changed = new Set<string>();
      return async (exchange, forward) => {
        const reply = await forward(exchange);
        if (succeeded(reply, "changed")) changed.add(exchange.peer);
        return isUse(exchange) && changed.has(exchange.peer) ? result({ status: "reset" }) : reply;
      };
    },
  },
  {
    check: "code-alike",
    without: "counting for an address without an account",
    sabotage: () => {
      const known = new Set<unknown>();
      const handles = new Set<unknown>();
      return async (exchange, forward) => {
        const { email, request } = inputOf(exchange);
        const reply = await forward(exchange);
        const confirmed = dataOf(reply)?.account?.email;
        if (confirmed !== undefined) known.add(confirmed);
        const handle = dataOf(reply)?.request;
        if (handle !== undefined && !known.has(email)) handles.add(handle);
        return reasonOf(reply) === "CODE_DEAD" && handles.has(request)
          ? json({ error: { data: { reason: "CODE_WRONG", attemptsLeft: 0 } } }, 400)
          : reply;
      };
    },
  },
  {
    check: "code-attempts",
    without: "the bound on attempts: a code is tried as often as one likes",
    sabotage: () => {
      const handles = new Map<unknown, unknown>();
      const codes = new Map<unknown, { code: unknown; token: string }>();
      return async (exchange, forward) => {
        if (procedureOf(exchange) !== "redeemCode") return forward(exchange);
        const { request, code } = inputOf(exchange);
        const reply = await forward(exchange);
        const token = dataOf(reply)?.token;
        if (token !== undefined) codes.set(request, { code, token });
        // The sabotaged server learned the right code when it was tried before.
        const tries = Number(handles.get(request) ?? 0) + 1;
        handles.set(request, tries);
        const right = codes.get(request);
        return tries > 5 && right?.code === code ? result({ token: right?.token }) : reply;
      };
    },
  },
  {
    check: "code-handle",
    without: "the handle: a code is taken in any browser",
    sabotage: () => {
      const tokens = new Map<unknown, string>();
      return async (exchange, forward) => {
        const reply = await forward(exchange);
        if (procedureOf(exchange) !== "redeemCode") return reply;
        const { code } = inputOf(exchange);
        const token = dataOf(reply)?.token;
        if (token !== undefined) tokens.set(code, token);
        const known = tokens.get(code);
        return reasonOf(reply) === "CODE_WRONG" && known ? result({ token: known }) : reply;
      };
    },
  },
  {
    check: "token-forged",
    without: "the pinned algorithm: alg none is believed",
    whole: true,
    sabotage: rewriteReply((reply, exchange) => {
      const [header = ""] = String(inputOf(exchange).token).split(".");
      const alg = parse(Buffer.from(header, "base64url").toString("latin1"))?.alg;
      return procedureOf(exchange) === "inspectResetToken" && alg === "none"
        ? result({ email: "a•••@b.c", expiresAt: new Date().toISOString() })
        : reply;
    }),
  },
  {
    check: "token-purpose",
    without: "the audience: a cancel token resets",
    sabotage: rewriteReply((reply, exchange) => {
      const { aud } = claimsOf(inputOf(exchange).token);
      return isUse(exchange) && aud === "cancel-reset" ? result({ status: "reset" }) : reply;
    }),
  },
  {
    check: "session-reset",
    without: "ending sessions: they survive a reset",
    whole: true,
    sabotage: () => {
      const accounts = new Map<string, { id: string; email: string }>();
      const peers = new Map<string, string>();
      const surviving = new Set<string>();
      return async (exchange, forward) => {
        const reply = await forward(exchange);
        const account = dataOf(reply)?.account;
        const cookie = String(reply.headers["set-cookie"] ?? "").split(";")[0] ?? "";
        if (account && cookie) {
          accounts.set(cookie, account);
          peers.set(cookie, exchange.peer);
        }
        if (isUse(exchange) && succeeded(reply, "reset")) {
          for (const [cookie, peer] of peers) if (peer === exchange.peer) surviving.add(cookie);
        }
        const mine = exchange.headers.cookie ?? "";
        const kept = accounts.get(mine);
        return procedureOf(exchange) === "me" && kept && surviving.has(mine)
          ? result({ account: kept })
          : reply;
      };
    },
  },
  {
    check: "session-rotation",
    without: "rotation: the session before a sign-in lives on",
    sabotage: () => (exchange, forward) => {
      const { cookie: _cookie, ...headers } = exchange.headers;
      return forward(procedureOf(exchange) === "signIn" ? { ...exchange, headers } : exchange);
    },
  },
  {
    check: "session-not-me",
    without: "the block: the thief's password still works",
    sabotage: () => {
      const secured = new Set<string | undefined>();
      const owners = new Map<
        unknown,
        { account: { id: string; email: string }; password: unknown }
      >();
      return async (exchange, forward) => {
        const reply = await forward(exchange);
        const { email, password, token } = inputOf(exchange);
        const account = dataOf(reply)?.account;
        if (procedureOf(exchange) === "signIn" && account) owners.set(email, { account, password });
        if (succeeded(reply, "secured")) secured.add(claimsOf(token).sub);
        const owner = owners.get(email);
        return procedureOf(exchange) === "signIn" &&
          owner?.password === password &&
          secured.has(owner?.account.id)
          ? result({ account: owner?.account })
          : reply;
      };
    },
  },
  {
    check: "session-pre-hijack",
    without: "the browser of a sign-up: any browser confirms it with the password it came with",
    sabotage: () => {
      const browsers = new Set<string>();
      return async (exchange, forward) => {
        const reply = await forward(exchange);
        const cookie = String(reply.headers["set-cookie"] ?? "").split(";")[0] ?? "";
        if (procedureOf(exchange) === "signUp" && cookie) browsers.add(cookie);
        if (reasonOf(reply) !== "PASSWORD_REQUIRED") return reply;
        for (const browser of browsers) {
          const headers = { ...exchange.headers, cookie: browser };
          const confirmed = await forward({ ...exchange, headers });
          if (dataOf(confirmed) !== undefined) return confirmed;
        }
        return reply;
      };
    },
  },
  {
    check: "session-new-browser",
    without: "the browser that confirmed: every browser counts as that one",
    sabotage: () => {
      const confirmed = new Map<unknown, string>();
      return async (exchange, forward) => {
        const device = confirmed.get(inputOf(exchange).email);
        const known = procedureOf(exchange) === "signIn" && device !== undefined;
        const cookie = [exchange.headers.cookie, device].filter(Boolean).join("; ");
        const headers = known ? { ...exchange.headers, cookie } : exchange.headers;
        const reply = await forward({ ...exchange, headers });
        const set = [reply.headers["set-cookie"] ?? []].flat();
        const [pair] = set.find((line) => /rekey_device=/.test(line))?.split(";") ?? [];
        const email = dataOf(reply)?.account?.email;
        if (procedureOf(exchange) === "verifyEmail" && email && pair) confirmed.set(email, pair);
        return reply;
      };
    },
  },
  {
    check: "session-cookie",
    without: "HttpOnly",
    sabotage: rewriteReply((reply) => {
      const set = [reply.headers["set-cookie"] ?? []].flat();
      const open = set.map((line) => line.replace(/;\s*HttpOnly/i, ""));
      return open.length === 0
        ? reply
        : { ...reply, headers: { ...reply.headers, "set-cookie": open } };
    }),
  },
  {
    check: "enumeration-sign-in",
    without: "one answer for both: a wrong password is told from an unknown address",
    whole: true,
    sabotage: knowing(async (exchange, forward) => {
      const reply = await forward(exchange);
      return reasonOf(reply) === "INVALID_CREDENTIALS"
        ? { ...reply, body: reply.body.replace("The address or the password", "The password") }
        : reply;
    }),
  },
  {
    check: "enumeration-sign-up",
    without: "one answer for both: a header tells that an address is taken",
    sabotage: knowing(async (exchange, forward) => {
      const reply = await forward(exchange);
      return procedureOf(exchange) === "signUp"
        ? { ...reply, headers: { ...reply.headers, "x-existing": "1" } }
        : reply;
    }),
  },
  {
    check: "request-origin",
    without: "the check of Origin and Sec-Fetch-Site",
    whole: true,
    sabotage: () => (exchange, forward) => {
      const { origin: _origin, "sec-fetch-site": _site, ...headers } = exchange.headers;
      return forward({ ...exchange, headers });
    },
  },
  {
    check: "request-cors",
    without: "closed CORS: any origin is reflected",
    sabotage: rewriteReply((reply, { headers: { origin } }) =>
      origin === undefined
        ? reply
        : { ...reply, headers: { ...reply.headers, "access-control-allow-origin": origin } },
    ),
  },
  {
    check: "request-errors",
    without: "the error formatter: a body that is no JSON shows a stack",
    sabotage: rewriteReply((reply, { body }) =>
      body === "{"
        ? { ...reply, status: 500, body: "SyntaxError\n    at parse (file:///app/src/main.ts:1:1)" }
        : reply,
    ),
  },
  {
    check: "request-size",
    without: "the cap on bodies",
    sabotage: () => (exchange, forward) => {
      const { filler, ...input } = inputOf(exchange);
      return forward(filler === undefined ? exchange : withInput(exchange, input));
    },
  },
  {
    check: "request-readiness",
    without: "a public face of readiness: it tells how busy delivery is",
    sabotage: rewriteReply((reply, { path }) =>
      path === "/readyz" ? json({ status: "ready", mail: { connections: { busy: 1 } } }) : reply,
    ),
  },
  {
    check: "request-text",
    without: "the schema of ids: a NUL reaches the database",
    sabotage: rewriteReply((reply, exchange) =>
      procedureOf(exchange) === "endSession" && exchange.body.includes("\\u0000")
        ? json({ error: { data: { reason: "INTERNAL" } } }, 500)
        : reply,
    ),
  },
  {
    check: "browser-csp",
    without: "a strict policy: inline scripts may run",
    whole: true,
    sabotage: rewriteReply((reply) => {
      const policy = String(reply.headers["content-security-policy"] ?? "");
      const open = policy.replace("script-src", "script-src 'unsafe-inline'");
      return { ...reply, headers: { ...reply.headers, "content-security-policy": open } };
    }),
  },
  {
    check: "browser-headers",
    without: "nosniff",
    sabotage: rewriteReply((reply) => {
      const { "x-content-type-options": _nosniff, ...headers } = reply.headers;
      return { ...reply, headers };
    }),
  },
  {
    check: "mail-headers",
    without: "Auto-Submitted",
    mail: (mail) => {
      const headers = new Map(mail.headers);
      headers.delete("auto-submitted");
      return { ...mail, headers };
    },
  },
  {
    check: "mail-name-markup",
    without: "escaping: a name becomes markup",
    mail: (mail) => ({
      ...mail,
      html: mail.html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"'),
    }),
  },
  {
    check: "password-visible",
    without: "the rule that something can be seen",
    sabotage: rewriteReply((reply, exchange) =>
      procedureOf(exchange) === "signUp" && /^\s+$/.test(String(inputOf(exchange).password))
        ? result({ status: "accepted" })
        : reply,
    ),
  },
  {
    check: "password-whole",
    without: "whole passwords: they are cut at 72 characters",
    sabotage: rewriteInput(["resetPassword", "signIn"], (input) =>
      String(input.password).length <= 256
        ? { ...input, password: String(input.password).slice(0, 72) }
        : input,
    ),
  },
  {
    check: "limit-sign-up",
    without: "the reserve of another network: the mailbox's hour is used up for all",
    sabotage: () => {
      const asked = new Map<unknown, number>();
      return async (exchange, forward) => {
        const { email } = inputOf(exchange);
        if (procedureOf(exchange) !== "signUp") return forward(exchange);
        asked.set(email, (asked.get(email) ?? 0) + 1);
        return (asked.get(email) ?? 0) > 5 ? result({ status: "accepted" }) : forward(exchange);
      };
    },
  },
  {
    check: "session-cap",
    without: "the cap on sessions: none of them ends",
    sabotage: rewriteReply((reply, exchange) => {
      const sessions = dataOf(reply)?.sessions ?? [];
      return procedureOf(exchange) === "sessions" && sessions.length > 10
        ? result({ sessions: [...sessions, ...sessions] })
        : reply;
    }),
  },
  {
    check: "session-activity",
    without: "grouping: refusals push everything else out",
    sabotage: rewriteReply((reply, exchange) => {
      const events = dataOf(reply)?.events?.filter(({ outcome }) => outcome === "refused");
      return procedureOf(exchange) === "activity" && events ? result({ events }) : reply;
    }),
  },
  {
    check: "limit-change-password",
    without: "the limit on a change of password",
    sabotage: rewriteReply((reply, exchange) =>
      procedureOf(exchange) === "changePassword" && reasonOf(reply) === "RATE_LIMITED"
        ? refusal("PASSWORD_TOO_COMMON")
        : reply,
    ),
  },
  {
    check: "limit-notices",
    without: "one email for many changes: each change sends another one, too",
    sabotage: () => {
      const owners = new Map<string, string>();
      return async (exchange, forward) => {
        const reply = await forward(exchange);
        const cookie = String(reply.headers["set-cookie"] ?? "").split(";")[0] ?? "";
        const account = dataOf(reply)?.account;
        if (account && cookie) owners.set(cookie, account.email);
        const email = owners.get(exchange.headers.cookie ?? "");
        if (email !== undefined && succeeded(reply, "changed")) {
          const person = { email, name: "Flood", password: "a-Lantern-for-9-hills" };
          await forward(withInput({ ...exchange, path: "/trpc/signUp" }, person));
        }
        return reply;
      };
    },
  },
  {
    check: "limit-writes",
    without: "the limit on changes",
    sabotage: rewriteReply((reply, exchange) =>
      procedureOf(exchange) === "setLanguage" && reasonOf(reply) === "RATE_LIMITED"
        ? result({ status: "set" })
        : reply,
    ),
  },
  {
    check: "limit-lockout",
    without: "the email in reserve: the first five use up the mailbox",
    sabotage: () => {
      const asked = new Map<unknown, number>();
      return async (exchange, forward) => {
        if (procedureOf(exchange) !== "requestReset") return forward(exchange);
        const { email } = inputOf(exchange);
        const times = (asked.get(email) ?? 0) + 1;
        asked.set(email, times);
        return times > 5 ? result({ status: "accepted" }) : forward(exchange);
      };
    },
  },
  {
    check: "limit-flood",
    without: "the bound on emails to one mailbox: each request sends another one, too",
    sabotage: () => {
      const asked = new Map<unknown, number>();
      return async (exchange, forward) => {
        if (procedureOf(exchange) !== "requestReset") return forward(exchange);
        const { email } = inputOf(exchange);
        const times = (asked.get(email) ?? 0) + 1;
        asked.set(email, times);
        if (times > 10) {
          const person = { email, name: "Flood", password: "a-Lantern-for-9-hills" };
          await forward(withInput({ ...exchange, path: "/trpc/signUp" }, person));
        }
        return forward(exchange);
      };
    },
  },
  {
    check: "limit-forwarded",
    without: "counting X-Forwarded-For from the right",
    whole: true,
    sabotage: () => (exchange, forward) => {
      const [first = ""] = (exchange.headers["x-forwarded-for"] ?? "").split(",");
      return forward({ ...exchange, headers: { ...exchange.headers, "x-forwarded-for": first } });
    },
  },
  {
    check: "limit-network",
    without: "Retry-After",
    sabotage: rewriteReply((reply) => {
      const { "retry-after": _wait, ...headers } = reply.headers;
      return { ...reply, headers };
    }),
  },
  {
    check: "limit-batch",
    without: "counting operations: a batch counts as nothing",
    sabotage: () => async (exchange, forward) => {
      const [, names = ""] = exchange.path.match(/^\/trpc\/([\w,]+)\?batch=1/) ?? [];
      const calls = names.split(",");
      return calls.length > 1 && calls.every((name) => name === "requestReset")
        ? json(calls.map(() => ({ result: { data: { status: "accepted" } } })))
        : forward(exchange);
    },
  },
];
