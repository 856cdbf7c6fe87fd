import { test as base } from "@playwright/test";
import { serveGallery } from "@rekey/web/gallery/serve";

/** Each worker has a gallery of its own, built from the app as it is. */
export const test = base.extend<object, { gallery: string }>({
  gallery: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs off this.
    async ({}, use) => {
      await using gallery = await serveGallery();
      await use(gallery.url);
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: ({ gallery }, use) => use(gallery),
});
