import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createApiClient, reasonOf } from "../support/api-client.ts";
import { endProgram, runProgram } from "../support/process.ts";
import { requestReset, signUp } from "../support/rekey.ts";
import { createSite } from "../support/site.ts";

async function rekey(args: string[], env: Record<string, string>) {
  const program = runProgram("cli.ts", env, args);
  const { code } = await program.ended;
  return { code, output: program.output() };
}

test("a link outlives a rotation as long as its key is kept, and dies with it", async () => {
  const site = await createSite("pglite");
  const file = join(site.env.DATA_DIR, "secret.key");
  const { trpc } = createApiClient(site.url);
  const first = await site.start();
  const { email } = await signUp(site);
  const { email: other } = await signUp(site);
  const old = await requestReset(site, email);
  await endProgram(first);

  const rotated = await rekey(["keys:new", "--write"], site.env);
  expect(rotated).toMatchObject({ code: 0, output: expect.stringContaining("Restart Rekey") });
  const keys = readFileSync(file, "utf8").split(",");
  expect(keys).toHaveLength(2);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  for (const key of keys) expect(rotated.output).not.toContain(key);
  const second = await site.start();
  const fresh = await requestReset(site, other);
  expect(fresh.token.split(".")[0]).not.toBe(old.token.split(".")[0]);
  for (const token of [old.token, fresh.token]) {
    expect(await trpc.inspectResetToken.mutate({ token })).toHaveProperty("expiresAt");
  }
  await endProgram(second);

  expect((await rekey(["keys:new", "--drop-old"], site.env)).code).toBe(0);
  expect(readFileSync(file, "utf8")).toBe(keys[0]);
  const third = await site.start();
  expect(await reasonOf(trpc.inspectResetToken.mutate({ token: old.token }))).toBe("TOKEN_INVALID");
  expect(await trpc.inspectResetToken.mutate({ token: fresh.token })).toHaveProperty("expiresAt");
  await endProgram(third);
});

test("keys:new prints a fresh key each time, and says how to rotate", async () => {
  const [one, two] = await Promise.all([rekey(["keys:new"], {}), rekey(["keys:new"], {})]);
  const [key = ""] = one.output.split("\n");
  expect(Buffer.from(key, "base64url")).toHaveLength(32);
  expect(two.output).not.toContain(key);
  expect(one.output).toContain("SECRET_KEY=NEW,OLD");
});

test("keys:new --write leaves configured keys alone, and prints none", async () => {
  const SECRET_KEY = "the-signing-key-the-signing-key-1";
  const { code, output } = await rekey(["keys:new", "--write"], { SECRET_KEY });
  expect(code).toBe(1);
  expect(output).toContain("SECRET_KEY is set");
  expect(output).not.toContain(SECRET_KEY);
});
