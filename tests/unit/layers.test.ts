import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** What each package may depend on of ours. docs/ARCHITECTURE.md draws it. */
const allowed: Record<string, string[]> = {
  contract: [],
  tokens: [],
  emails: ["contract"],
  mail: [],
  db: [],
  outbox: ["contract", "mail", "db"],
  journal: ["contract", "outbox", "db"],
  accounts: ["contract", "tokens", "emails", "journal", "outbox", "db"],
  recovery: ["contract", "tokens", "emails", "journal", "outbox", "db"],
  api: ["contract", "accounts", "recovery"],
  attack: ["contract"],
  client: ["contract"],
  web: ["client", "contract"],
  server: [
    "accounts",
    "api",
    "attack",
    "contract",
    "db",
    "emails",
    "journal",
    "mail",
    "outbox",
    "recovery",
    "tokens",
  ],
  setup: [],
};

function manifest(folder: string, name: string) {
  const text = readFileSync(join(root, folder, name, "package.json"), "utf8");
  return JSON.parse(text) as { dependencies?: object; devDependencies?: object };
}

const packages = ["packages", "apps"].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => [name, folder] as const),
);

test.each(packages)("%s depends on nothing above it", (name, folder) => {
  const ours = Object.keys(manifest(folder, name).dependencies ?? {})
    .filter((dependency) => dependency.startsWith("@rekey/"))
    .map((dependency) => dependency.slice("@rekey/".length));
  expect(ours.filter((dependency) => !allowed[name]?.includes(dependency))).toEqual([]);
});

test("MJML is not among what production loads", () => {
  for (const [name, folder] of packages) {
    expect(Object.keys(manifest(folder, name).dependencies ?? {})).not.toContain("mjml");
  }
});
