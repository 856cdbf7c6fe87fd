import { defineConfig, devices } from "@playwright/test";

/** Started as root, Chromium has no sandbox of its own; and it has nothing to look up outside. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const { CHROMIUM: executablePath = "/usr/bin/chromium" } = process.env;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "support/build.ts",
  fullyParallel: true,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    launchOptions: { executablePath, args },
    trace: "retain-on-failure",
    actionTimeout: 60_000,
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 800 } } },
    {
      name: "phone",
      // What does not depend on the screen is tried on one.
      testIgnore: [
        "edges.spec.ts",
        "gallery.spec.ts",
        "keyboard.spec.ts",
        "languages.spec.ts",
        "preferences.spec.ts",
        "screen-reader.spec.ts",
        "translated.spec.ts",
        "without-javascript.spec.ts",
      ],
      use: {
        ...devices["iPhone 13"],
        defaultBrowserType: "chromium",
        viewport: { width: 390, height: 844 },
      },
    },
  ],
});
