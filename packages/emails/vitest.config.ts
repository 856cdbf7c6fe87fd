import { defineConfig } from "vitest/config";

// The mails under test are what the templates say now, not what was last built.
export default defineConfig({
  test: { include: ["**/*.test.ts"], globalSetup: "./build.ts" },
});
