import fc from "fast-check";
import { SignJWT, UnsecuredJWT } from "jose";
import { expect, test } from "vitest";
import { createKeyRing, subkey } from "./key-ring.ts";
import { createTokens, shorten, type TokenClaims } from "./tokens.ts";

const OLD = "old-key-old-key-old-key-old-key-1";
const NEW = "new-key-new-key-new-key-new-key-2";
const issuer = "https://rekey.example";
const start = new Date("2026-01-01T00:00:00Z");
const claims: TokenClaims = {
  id: "3f0e8a60-0000-4000-8000-000000000001",
  expiresAt: new Date(start.getTime() + 600_000),
};

function tokensWith({ secrets = [OLD], now = start, iss = issuer } = {}) {
  return createTokens({ keys: createKeyRing(secrets), issuer: iss, now: () => now });
}

const refused = (reason: string) => ({ status: "refused", reason });

test("a token comes back with what it was issued for", async () => {
  const tokens = tokensWith();
  const token = await tokens.issue("reset-password", claims);
  expect(await tokens.verify("reset-password", token)).toEqual({ status: "valid", claims });
});

test("a token is what jose makes of the same claims, to the byte: links issued before an update stay the same", async () => {
  const { signing } = createKeyRing([OLD]);
  const more = { subject: "account-1", state: "abc" };
  const byJose = await new SignJWT({ sub: more.subject, state: more.state })
    .setProtectedHeader({ alg: "HS256", kid: signing.id })
    .setAudience("secure-account")
    .setJti(shorten(claims.id))
    .setExpirationTime(Math.floor(claims.expiresAt.getTime() / 1000))
    .sign(subkey(signing, `token ${issuer}`));
  expect(await tokensWith().issue("secure-account", { ...claims, ...more })).toBe(byJose);
});

test("a token of a record has at most 200 characters, whatever the installation's address", async () => {
  const tokens = tokensWith({ iss: `https://${"long.".repeat(40)}example` });
  for (const purpose of ["reset-password", "cancel-reset", "verify-email"] as const) {
    expect((await tokens.issue(purpose, claims)).length).toBeLessThanOrEqual(200);
  }
});

test("a token of version 0.1.0 works until it expires, for its purpose and installation alone", async () => {
  const { signing } = createKeyRing([OLD]);
  const issueOld = (iss: string, aud: string) =>
    new SignJWT({ state: "abc" })
      .setProtectedHeader({ alg: "HS256", kid: signing.id })
      .setIssuer(iss)
      .setAudience(aud)
      .setSubject("account-1")
      .setJti(claims.id)
      .setIssuedAt(start)
      .setExpirationTime(claims.expiresAt)
      .sign(new TextEncoder().encode(OLD));
  const old = await issueOld(issuer, "reset-password");
  expect(await tokensWith().verify("reset-password", old)).toEqual({
    status: "valid",
    claims: { ...claims, subject: "account-1", state: "abc" },
  });
  const after = tokensWith({ now: claims.expiresAt });
  expect(await after.verify("reset-password", old)).toEqual(refused("TOKEN_EXPIRED"));
  for (const other of [
    await issueOld(issuer, "cancel-reset"),
    await issueOld("https://staging.example", "reset-password"),
  ]) {
    expect(await tokensWith().verify("reset-password", other)).toEqual(refused("TOKEN_INVALID"));
  }
});

test("the same claims give the same token, so a retried mail carries the same link", async () => {
  const tokens = tokensWith();
  expect(await tokens.issue("reset-password", claims)).toBe(
    await tokens.issue("reset-password", claims),
  );
});

test("a token for another purpose is invalid", async () => {
  const tokens = tokensWith();
  const token = await tokens.issue("cancel-reset", claims);
  expect(await tokens.verify("reset-password", token)).toEqual(refused("TOKEN_INVALID"));
});

test("a token lives to its last second and not beyond", async () => {
  const token = await tokensWith().issue("reset-password", claims);
  const at = (ms: number) => tokensWith({ now: new Date(claims.expiresAt.getTime() + ms) });
  expect(await at(-1).verify("reset-password", token)).toMatchObject({ status: "valid" });
  expect(await at(0).verify("reset-password", token)).toEqual(refused("TOKEN_EXPIRED"));
});

test("an expired token of somebody else is invalid, not expired", async () => {
  const token = await tokensWith({ secrets: [NEW] }).issue("reset-password", claims);
  const later = tokensWith({ now: new Date(start.getTime() + 3_600_000) });
  expect(await later.verify("reset-password", token)).toEqual(refused("TOKEN_INVALID"));
});

test("a token of another installation with the same key is invalid", async () => {
  const token = await tokensWith({ iss: "https://staging.example" }).issue(
    "reset-password",
    claims,
  );
  expect(await tokensWith().verify("reset-password", token)).toEqual(refused("TOKEN_INVALID"));
});

test("after a rotation the new key signs and the old one still verifies, until it is dropped", async () => {
  const old = await tokensWith().issue("reset-password", claims);
  const rotated = tokensWith({ secrets: [NEW, OLD] });
  expect(await rotated.verify("reset-password", old)).toMatchObject({ status: "valid" });
  const fresh = await rotated.issue("reset-password", claims);
  expect(await tokensWith().verify("reset-password", fresh)).toEqual(refused("TOKEN_INVALID"));
  const dropped = tokensWith({ secrets: [NEW] });
  expect(await dropped.verify("reset-password", old)).toEqual(refused("TOKEN_INVALID"));
});

test("an unsigned token and one with another algorithm are invalid", async () => {
  const { signing } = createKeyRing([OLD]);
  const payload = { state: "abc", sub: "a", jti: "b", iss: issuer, aud: "reset-password" };
  const unsigned = new UnsecuredJWT(payload).setIssuedAt(start).setExpirationTime("1h").encode();
  const other = await new SignJWT(payload)
    .setProtectedHeader({ alg: "HS512", kid: signing.id })
    .setIssuedAt(start)
    .setExpirationTime(new Date(start.getTime() + 600_000))
    .sign(new TextEncoder().encode(OLD.repeat(2)));
  for (const token of [unsigned, other]) {
    expect(await tokensWith().verify("reset-password", token)).toEqual(refused("TOKEN_INVALID"));
  }
});

test("a token with any one character changed is invalid", async () => {
  const tokens = tokensWith();
  const token = await tokens.issue("reset-password", claims);
  for (let at = 0; at < token.length; at++) {
    for (const by of "AB_.") {
      if (token[at] === by) continue;
      const altered = token.slice(0, at) + by + token.slice(at + 1);
      expect(await tokens.verify("reset-password", altered)).toEqual(refused("TOKEN_INVALID"));
    }
  }
});

test("any other text is invalid and never throws", async () => {
  const tokens = tokensWith();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 3000 }), async (text) => {
      expect(await tokens.verify("reset-password", text)).toEqual(refused("TOKEN_INVALID"));
    }),
  );
});

const purposes = ["reset-password", "cancel-reset", "verify-email"] as const;
const anyText = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });
const anyClaims = fc
  .record({
    id: fc.uuid(),
    subject: anyText,
    state: anyText,
    life: fc.integer({ min: 1, max: 86_400 }),
  })
  .map(({ life, ...rest }) => ({
    ...rest,
    expiresAt: new Date(start.getTime() + life * 1000),
  }));

test("whatever is claimed comes back, for that purpose alone, and is one line of safe characters", async () => {
  const tokens = tokensWith();
  await fc.assert(
    fc.asyncProperty(anyClaims, fc.constantFrom(...purposes), async (issued, purpose) => {
      const token = await tokens.issue(purpose, issued);
      expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      for (const asked of purposes) {
        const verdict = await tokens.verify(asked, token);
        expect(verdict).toEqual(
          asked === purpose ? { status: "valid", claims: issued } : refused("TOKEN_INVALID"),
        );
      }
    }),
    { numRuns: 50 },
  );
});

test("parts of two good tokens make no third, and a payload that was written anew is none", async () => {
  const tokens = tokensWith();
  await fc.assert(
    fc.asyncProperty(anyClaims, anyClaims, fc.jsonValue(), async (one, other, payload) => {
      const [a, b] = await Promise.all([
        tokens.issue("reset-password", one),
        tokens.issue("reset-password", other),
      ]);
      const [header = "", ours = "", signature = ""] = a.split(".");
      const [, theirs = ""] = b.split(".");
      const written = Buffer.from(JSON.stringify(payload)).toString("base64url");
      for (const forged of [theirs, written].filter((part) => part !== ours)) {
        const token = [header, forged, signature].join(".");
        expect(await tokens.verify("reset-password", token)).toEqual(refused("TOKEN_INVALID"));
      }
    }),
    { numRuns: 50 },
  );
});

test("a key under 32 bytes is refused", () => {
  expect(() => createKeyRing(["x".repeat(31)])).toThrow("at least 32");
  expect(() => createKeyRing([])).toThrow("at least one key");
});
