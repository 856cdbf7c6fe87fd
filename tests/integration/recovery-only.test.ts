import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createApiClient, reasonOf } from "../support/api-client.ts";
import { freshEmail, NEW_PASSWORD, PASSWORD } from "../support/people.ts";
import { endProgram, runProgram } from "../support/process.ts";
import { requestReset } from "../support/rekey.ts";
import { createSite, temporaryFolder } from "../support/site.ts";

const GONE = ["/sign-in", "/sign-up", "/verify-email", "/settings"];

test("with ACCOUNTS=off there is recovery alone, and its end is where the product says", async () => {
  const site = await createSite("pglite");
  const server = await site.start({
    ACCOUNTS: "off",
    SIGN_IN_URL: "https://app.example.com/login",
  });
  const { trpc } = createApiClient(site.url);

  for (const path of GONE) expect((await fetch(site.url + path)).status).toBe(404);
  for (const path of ["/", "/forgot-password", "/reset-password", "/not-me"]) {
    const page = await fetch(site.url + path);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('"signInUrl":"https://app.example.com/login"');
  }
  const change = await fetch(`${site.url}/.well-known/change-password`, { redirect: "manual" });
  expect(change.headers.get("location")).toBe("/forgot-password");

  const email = freshEmail();
  const person = { email, name: "Ada", password: PASSWORD };
  const procedures = [
    () => trpc.signUp.mutate(person),
    () => trpc.verifyEmail.mutate({ token: "x.y.z" }),
    () => trpc.signIn.mutate({ email, password: PASSWORD }),
    () => trpc.signOut.mutate(),
    () => trpc.me.query(),
    () => trpc.changePassword.mutate({ currentPassword: PASSWORD, password: NEW_PASSWORD }),
    () => trpc.sessions.query(),
    () => trpc.activity.query(),
  ];
  for (const call of procedures) expect(await reasonOf(call())).toBe("INVALID_INPUT");

  const file = join(temporaryFolder(), "accounts.ndjson");
  writeFileSync(file, JSON.stringify(person));
  const imported = runProgram("cli.ts", site.env, ["accounts:import", file]);
  await imported.line(/^1 created/);
  const { token } = await requestReset(site, email);
  const reset = await trpc.resetPassword.mutate({ token, password: NEW_PASSWORD });
  expect(reset).toEqual({ status: "reset" });
  await site.mailbox.mailTo(email, /was changed/);
  await endProgram(server);
});
