import { test as base } from "@playwright/test";
import { type RunningSite, startSite } from "../support/running-site.ts";

export type Site = Pick<RunningSite, "url" | "mailbox">;

/** Each worker has the real program to itself. */
export const test = base.extend<object, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs off this.
    async ({}, use) => {
      const site = await startSite();
      await use(site);
      await site.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: ({ site }, use) => use(site.url),
});
