import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mailPreview } from "@rekey/emails/preview";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { previewBrand } from "./preview-brand.ts";

const folder = mkdtempSync(join(tmpdir(), "rekey-preview-"));
const BRAND_FILE = join(folder, "brand.json");
const save = (content: unknown) =>
  writeFileSync(BRAND_FILE, typeof content === "string" ? content : JSON.stringify(content));

let vite: ViteDevServer;
let changes = 0;
beforeAll(async () => {
  vite = await createServer({
    configFile: false,
    root: folder,
    logLevel: "silent",
    server: { port: 0, host: "127.0.0.1" },
    plugins: [mailPreview(previewBrand(() => ({ BRAND_FILE })))],
  });
  await vite.listen();
  const socket = new WebSocket(address(`/?token=${vite.config.webSocketToken}`), "vite-hmr");
  socket.addEventListener("message", ({ data }) => {
    if (String(data).includes("mail-preview:changed")) changes += 1;
  });
  await once(socket, "open");
});
afterAll(async () => {
  await vite.close();
  rmSync(folder, { recursive: true });
});

function address(path: string): URL {
  return new URL(path, vite.resolvedUrls?.local[0]);
}

/** What the page of the preview is told. */
async function shown() {
  const query = "mail=reset-password&locale=en&fixture=everyday&theme=light";
  const answer = await fetch(address(`/dev/mail.json?${query}`));
  return (await answer.json()) as { problems: string[]; mail: { html: string } };
}

beforeEach(() => save({ name: "Acme", accent: "#7a1fa2" }));

test("the mails wear the brand, and the page is told when it is saved", async () => {
  const before = await shown();
  expect(before.problems).toEqual([]);
  expect(before.mail.html).toContain("Acme");
  expect(before.mail.html).toContain("#7a1fa2");

  const seen = changes;
  save({ name: "Umbrella", accent: "#0b6b3a" });
  await expect.poll(() => changes).toBeGreaterThan(seen);
  const after = await shown();
  expect(after.mail.html).toContain("Umbrella");
  expect(after.mail.html).not.toContain("Acme");
});

test("a brand that cannot be read is told in words, beside the built-in one", async () => {
  save("{");
  const { problems, mail } = await shown();
  expect(problems).toEqual([expect.stringMatching(/brand\.json: it is not JSON \(/)]);
  expect(mail.html).toContain("Rekey");
});

test("one whose contrast is too low is shown all the same", async () => {
  save({ name: "Acme", accent: "#ffd400" });
  const { problems, mail } = await shown();
  expect(problems[0]).toMatch(/brand\.json: colours\.light: accent #ffd400 .* has a contrast of/);
  expect(mail.html).toContain("Acme");
});

test("a file that is not there is told, unless none was chosen", async () => {
  rmSync(BRAND_FILE);
  expect((await shown()).problems).toEqual([expect.stringContaining("there is no readable file")]);
  for (const env of [{ BRAND_FILE: "none" }, {}]) {
    expect(previewBrand(() => env).read()).toEqual({ brand: null, problems: [] });
  }
});
