import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pageConfigSchema } from "@rekey/contract/page-config";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Rekey, requestReset, signUp, startRekey } from "../support/rekey.ts";

const folder = mkdtempSync(join(tmpdir(), "rekey-brand-"));
const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 32"><path d="M0 0h96v32H0z"/></svg>';

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
        width: 96,
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
