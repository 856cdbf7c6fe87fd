import { join } from "node:path";
import { expect, test } from "vitest";
import { skipAs } from "../support/skip.ts";
import { requestResets } from "./support/burst.ts";
import { full } from "./support/scale.ts";
import { createFaultSite, IN_HAND } from "./support/site.ts";
import { mountSmallDisk } from "./support/small-disk.ts";

const MEBIBYTE = 1024 * 1024;
const REQUESTS = full ? 2000 : 300;

test("a full disk under the embedded database has requests refused, not lost", async (context) => {
  using disk = mountSmallDisk(256 * MEBIBYTE);
  if (disk === null) skipAs(context, "this user may not mount a file system to fill");
  const dataDir = join(disk.folder, "data");
  await using site = await createFaultSite({ engine: "pglite", dataDir });
  const emails = await site.book.addAccounts(REQUESTS);
  const [rekey] = await site.start("all");
  // Room for some of them.
  disk.fill(MEBIBYTE / 8);
  const burst = await requestResets({ emails, apis: [rekey.url], insist: false });
  const room = disk.free();

  await rekey.end("SIGKILL");
  disk.clear();
  await rekey.start();
  await site.idle(rekey);
  const tally = await site.reckon("disk full", burst, [`${room} bytes were free at last`]);
  expect(burst.accepted).not.toEqual([]);
  expect([...burst.refusals]).toEqual(["INTERNAL 500"]);
  expect(burst.broken).toBe(0);
  // Sent, and no room to write it down: no more than was in hand.
  expect(tally.duplicates).toBeLessThanOrEqual(IN_HAND);
});
