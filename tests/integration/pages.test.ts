import { createHash } from "node:crypto";
import { paths } from "@rekey/contract/paths";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Rekey, signUp, startRekey } from "../support/rekey.ts";

let rekey: Rekey;
beforeAll(async () => {
  rekey = await startRekey("pglite");
});
afterAll(() => rekey?.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(rekey.url + path, { headers });
const pictureIn = (page: string) =>
  page.match(/<div data-drawn[^>]*>(.*)<\/div><\/div>/s)?.[1] ?? "";

test("a page comes drawn, in the language of the browser or the one chosen on the device", async () => {
  const wanted = { "accept-language": "ar-EG,ar;q=0.9,en;q=0.1" };
  const arabic = await (await get("/forgot-password", wanted)).text();
  expect(arabic).toContain('<html lang="ar" dir="rtl" data-theme="system">');
  expect(pictureIn(arabic)).toContain("إرسال الرابط");
  expect(arabic).toMatch(/modulepreload[^>]*assets\/ar-/);

  const chosen = { ...wanted, cookie: "rekey_locale=de; rekey_theme=dark" };
  const german = await (await get("/forgot-password", chosen)).text();
  expect(german).toContain('<html lang="de" dir="ltr" data-theme="dark">');
  expect(pictureIn(german)).toContain("Link senden");

  const unknown = await (
    await get("/forgot-password", { cookie: "rekey_locale=../x; rekey_theme=x" })
  ).text();
  expect(pictureIn(unknown)).toContain("Send the link");
});

test("only whoever comes without a session is shown the page of those who are signed out", async () => {
  const { client } = await signUp(rekey);
  const cookie = [...client.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const signedOut = await (await get("/")).text();
  expect(signedOut).toContain('"signedOut":true');
  expect(pictureIn(signedOut)).toContain("Welcome to Rekey");
  const signedIn = await get("/", { cookie });
  expect(signedIn.headers.get("vary")).toMatch(/cookie/i);
  const page = await signedIn.text();
  expect(page).toContain('"signedOut":false');
  expect(pictureIn(page)).toContain("<header");
  expect(pictureIn(page)).not.toContain("Welcome");
});

test("token pages are drawn as an empty frame", async () => {
  for (const path of [paths.resetPassword, paths.verifyEmail, paths.notMe, paths.secureAccount]) {
    const picture = pictureIn(await (await get(path)).text());
    expect([path, picture.includes("<header"), picture.includes("<h1")]).toEqual([
      path,
      true,
      false,
    ]);
  }
});

test("the style in a page is the only one that the policy names", async () => {
  const response = await get("/sign-in");
  const styles = (await response.text()).match(/(?<=<style>).*?(?=<\/style>)/gs) ?? [];
  const hashes = styles.map((style) => createHash("sha256").update(style).digest("base64"));
  expect(hashes).toHaveLength(1);
  const policy = response.headers.get("content-security-policy");
  expect(policy).toContain(`style-src 'self' 'sha256-${hashes[0]}';`);
});

test("search engines may list what anybody can begin with, and nothing else", async () => {
  const listed = [paths.home, paths.signIn, paths.signUp, paths.forgotPassword] as string[];
  for (const path of [...Object.values(paths), "/nowhere"]) {
    const robots = (await get(path)).headers.get("x-robots-tag");
    expect([path, robots]).toEqual([path, listed.includes(path) ? null : "noindex"]);
  }
  const rules = await get("/robots.txt");
  expect(rules.headers.get("content-type")).toContain("text/plain");
  expect(await rules.text()).toBe("User-agent: *\nAllow: /\n");
});
