import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readConfig, SettingsError } from "../config.ts";
import { root } from "../env.ts";
import { dressPage } from "./dress-page.ts";
import { builtIn, type LoadedBrand, loadBrand } from "./load-brand.ts";
import { readSvg } from "./read-svg.ts";
import { brandFiles, pageBrand } from "./serve-brand.ts";

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 32"><path d="M0 0h9"/></svg>';
const PAGE = readFileSync(join(root, "apps/web/index.html"), "utf8");

/** A folder with a brand file, and files beside it, for the time of a test. */
function brandFile(content: unknown, beside: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "rekey-brand-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(folder, name), text);
  const file = join(folder, "brand.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

function load(content: unknown, beside?: Record<string, string>): LoadedBrand {
  const loading = loadBrand(brandFile(content, beside));
  if (loading.status !== "loaded") throw new Error(loading.problems.join("\n"));
  return loading.loaded;
}

function problems(content: unknown, beside?: Record<string, string>): string[] {
  const loading = loadBrand(brandFile(content, beside));
  return loading.status === "refused" ? loading.problems : [];
}

test("without a logo, the mark is the name's first letter, whatever the script", () => {
  for (const [name, letter] of [
    ["acme", ">A<"],
    ["<b>", ">&lt;<"],
    ["é́clair", ">É́<"],
    ["日本", ">日<"],
  ] as const) {
    const { pictures } = load({ name });
    expect(pictures?.logo.source).toContain(letter);
    expect(readSvg(pictures?.logo.source ?? "")).toMatchObject({ status: "read" });
    expect(pictures?.icon).toEqual(pictures?.logo);
  }
});

test("a square logo is the icon too, unless an icon is given", () => {
  const ICON = LOGO.replace("96", "32");
  const files = { "logo.svg": LOGO, "square.svg": ICON, "icon.svg": ICON };
  const icon = (more: object) =>
    load({ name: "Acme", logo: "logo.svg", ...more }, files).pictures?.icon.source;
  expect(icon({ logo: "square.svg" })).toBe(ICON);
  expect(icon({})).toContain(">A<");
  expect(icon({ icon: "icon.svg" })).toBe(ICON);
});

test("pages are told the logo's URL, size and whether it says the name", () => {
  const loaded = load({ name: "Acme", logo: "a.svg", logoHasName: true }, { "a.svg": LOGO });
  expect(pageBrand(loaded)).toEqual({
    name: "Acme",
    logo: { url: brandFiles(loaded)?.logo.url, width: 96, height: 32, hasName: true },
    supportAddress: null,
    supportUrl: null,
    footer: null,
  });
});

test("an icon that is not square, a logo's name without a logo, and a file that is not UTF-8 are refused", () => {
  expect(problems({ name: "Acme", icon: "wide.svg" }, { "wide.svg": LOGO })).toEqual([
    "icon (wide.svg): it is 96 x 32, expected as wide as high",
  ]);
  expect(problems({ name: "Acme", logoHasName: true })).toEqual([
    "logoHasName: expected a logo that has it; there is none",
  ]);
  const file = brandFile("");
  writeFileSync(file, Buffer.from('{ "name": "B\xe4ckerei" }', "latin1"));
  expect(loadBrand(file)).toMatchObject({ problems: ["it is not UTF-8; save it as that"] });
});

test("a page wears the brand: title, icon, colours, stylesheet", () => {
  const loaded = load({
    name: "<i>$& Co",
    colours: { light: { page: "#fefefe" }, dark: { page: "#000000" } },
  });
  const files = brandFiles(loaded);
  const page = dressPage(PAGE, loaded);
  expect(page).toContain("<title>&lt;i&gt;$&amp; Co</title>");
  expect(page).toContain(`<link rel="icon" href="${files?.icon.url}" type="image/svg+xml" />`);
  expect(page).toMatch(/theme-color" content="#fefefe" media="\(prefers-color-scheme: light\)"/);
  expect(page).toMatch(/theme-color" content="#000000" media="\(prefers-color-scheme: dark\)"/);
  expect(page).toMatch(/<link rel="stylesheet" href="\/brand\.css\?v=[\w-]{10}" \/><\/head>/);
});

test("the built-in brand leaves the page as it was built", () => {
  expect(dressPage(PAGE, builtIn)).toBe(PAGE);
  expect(brandFiles(builtIn)).toBeNull();
});

test("a URL changes with the content, and only then", () => {
  const url = (accent: string) => brandFiles(load({ name: "Acme", accent }))?.stylesheet.url;
  expect(url("#7a1fa2")).toBe(url("#7A1FA2"));
  expect(url("#7a1fa2")).not.toBe(url("#7a1fa3"));
});

test.each([
  ["what is no JSON", "{", /^it is not JSON \(/],
  [
    "a logo that is not there",
    { name: "A", logo: "a.svg" },
    /^logo \(a\.svg\): there is no readable/,
  ],
  [
    "a logo that runs",
    { name: "A", logo: "bad.svg" },
    /^logo \(bad\.svg\): line 1: <script> is not/,
  ],
])("%s is refused", (_what, content, problem) => {
  const bad = LOGO.replace("<path", "<script/><path");
  expect(problems(content, { "bad.svg": bad })).toEqual([expect.stringMatching(problem)]);
});

test("a wrong brand stops the start like any wrong setting, beside the others", () => {
  const file = brandFile({ name: "Acme", accent: "#ffd400" });
  const start = () => readConfig({ BRAND_FILE: file, PORT: "x" });
  expect(start).toThrow(SettingsError);
  try {
    start();
  } catch (error) {
    expect((error as SettingsError).problems).toEqual([
      expect.stringMatching(/^PORT: expected /),
      expect.stringContaining(
        `BRAND_FILE (${file}): colours.light: accent #ffd400 on page #f6f7f9 has a contrast of 1.33, expected at least 3`,
      ),
      expect.stringContaining("on card #ffffff has a contrast of 1.43, expected at least 3"),
    ]);
  }
  expect(() => readConfig({ BRAND_FILE: "nowhere.json" })).toThrow(SettingsError);
});

test("the sender's name is the brand's, unless the settings give one", () => {
  const BRAND_FILE = brandFile({ name: "Acme", senderName: "Acme, Inc." });
  const sender = (env: Record<string, string>) => readConfig({ BRAND_FILE, ...env }).config.sender;
  expect(sender({ APP_URL: "https://acme.example" })).toBe('"Acme, Inc." <no-reply@acme.example>');
  expect(sender({ ADMINS: "Ops <ops@a.b>" })).toBe('"Acme, Inc." <ops@a.b>');
  expect(sender({ MAIL_DEFAULT_SENDER: "mail@a.b" })).toBe('"Acme, Inc." <mail@a.b>');
  expect(sender({ MAIL_DEFAULT_SENDER: "Team <mail@a.b>" })).toBe("Team <mail@a.b>");
  expect(sender({ BRAND_FILE: "none", MAIL_DEFAULT_SENDER: "mail@a.b" })).toBe("mail@a.b");
});
