import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pageConfigSchema } from "@rekey/contract/page-config";
import { readConfig } from "@rekey/server/config";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../support/process.ts";
import { type Rekey, requestReset, signUp, startRekey } from "../support/rekey.ts";

const folder = mkdtempSync(join(tmpdir(), "rekey-brand-"));
const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M0 0h96v32H0z"/></svg>';

let rekey: Rekey;
beforeAll(async () => {
  writeFileSync(join(folder, "logo.svg"), logo);
  const brand = {
    name: "Acme",
    accent: "#7a1fa2",
    logo: "logo.svg",
    senderName: "Acme Accounts",
    supportAddress: "help@acme.example",
    footer: "Acme GmbH, Berlin",
  };
  writeFileSync(join(folder, "brand.json"), JSON.stringify(brand));
  rekey = await startRekey("pglite", {
    BRAND_FILE: join(folder, "brand.json"),
    MAIL_DEFAULT_SENDER: "no-reply@acme.example",
  });
});
afterAll(async () => {
  await rekey?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string) => fetch(rekey.url + path);
const page = async () => (await get("/sign-in")).text();

describe("a server with a brand file", () => {
  test("tells its pages the brand", async () => {
    const [, config = ""] = (await page()).match(/id="page-config">([^<]*)</) ?? [];
    expect(pageConfigSchema.parse(JSON.parse(config)).brand).toEqual({
      name: "Acme",
      logo: {
        url: expect.stringMatching(/^\/brand\/logo\.svg\?v=/),
        width: 32,
        height: 32,
        hasName: false,
      },
      supportAddress: "help@acme.example",
      supportUrl: null,
      footer: "Acme GmbH, Berlin",
    });
  });

  test("links a stylesheet of its colours that a browser may keep for ever", async () => {
    const [, url = ""] = (await page()).match(/href="(\/brand\.css\?v=[^"]+)"/) ?? [];
    const css = await get(url);
    expect(css.headers.get("content-type")).toMatch(/^text\/css/);
    expect(css.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(await css.text()).toContain("--color-accent:#7a1fa2");
    const stale = await get("/brand.css?v=other");
    expect(stale.status).toBe(200);
    expect(stale.headers.get("cache-control")).toBe("no-cache");
  });

  test.each(["/brand/logo.svg", "/brand/icon.svg"])("serves %s in a sandbox", async (path) => {
    const picture = await get(path);
    expect(picture.headers.get("content-type")).toMatch(/^image\/svg\+xml/);
    expect(picture.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    );
    expect(picture.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await picture.text()).toBe(logo);
  });

  test("sends mails in its name, colours and footer, with where to find help", async () => {
    const { email } = await signUp(rekey);
    const { mail } = await requestReset(rekey, email);
    expect(mail.subject + mail.text + mail.html).not.toContain("Rekey");
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain("Acme");
      expect(part).toContain("help@acme.example");
      expect(part).toContain("Acme GmbH, Berlin");
    }
    expect(mail.html).toContain("#7a1fa2");
    expect(mail.parsed.from?.value).toEqual([
      { name: "Acme Accounts", address: "no-reply@acme.example" },
    ]);
  });
});

async function run(file: "main.ts" | "cli.ts", args: string[], env: Record<string, string> = {}) {
  const program = runProgram(file, env, args);
  const { code } = await program.ended;
  return { code, output: program.output() };
}

const EXAMPLE = "docs/guides/brand.example.json";

describe("brand:check", () => {
  test("passes the example of the guide, which starts too", async () => {
    const { code, output } = await run("cli.ts", ["brand:check", EXAMPLE, "--no-pictures"]);
    expect(output).toMatch(/^onAccent on accent +4\.5 +✓ /m);
    expect(output).toContain(`✓ ${EXAMPLE}: everything in it is right`);
    expect(code).toBe(0);
    expect(readConfig({ BRAND_FILE: EXAMPLE }).config.brand.brand.name).toBe("Acme");
  });

  test("fails a brand that cannot be read, which does not start either", async () => {
    const file = join(folder, "pale.json");
    writeFileSync(file, JSON.stringify({ name: "Pale", accent: "#ffd400" }));
    const problem =
      "colours.light: accent #ffd400 on card #ffffff has a contrast of 1.43, expected at least 3";
    const checked = await run("cli.ts", ["brand:check", file, "--no-pictures"]);
    expect(checked.output).toMatch(/^accent on card +3 +✗ +1\.43 #ffd400\/#ffffff/m);
    expect(checked.output).toContain(problem);
    expect(checked.code).toBe(1);
    const started = await run("main.ts", [], { BRAND_FILE: file });
    expect(started.output).toContain(`BRAND_FILE (${file}): ${problem}`);
    expect(started.code).toBe(78);
  });

  test("tells a program what it found", async () => {
    const { output } = await run("cli.ts", ["brand:check", "--json"]);
    const { file, problems, pairs } = JSON.parse(output);
    expect([file, problems]).toEqual([null, []]);
    expect(pairs[0]).toMatchObject({ scheme: "light", foreground: "ink", passes: true });
  });

  test("shows the mail before and after, and says that pictures need a Chromium", async () => {
    const args = ["brand:check", join(folder, "brand.json"), "--out", join(folder, "out")];
    const { code, output } = await run("cli.ts", args, { PATH: "", CHROMIUM: "" });
    expect(output).toContain("No Chromium is installed");
    expect(code).toBe(0);
    const mail = (name: string) => readFileSync(join(folder, "out", name), "utf8");
    expect(mail("before-reset-mail.html")).toContain("Rekey");
    expect(mail("after-reset-mail.html")).toContain("Acme");
    expect(mail("after-reset-mail.html")).not.toContain("Rekey");
  });
});
