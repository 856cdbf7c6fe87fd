import { defaultPageConfig, type PageConfig } from "@rekey/contract/page-config";
import type { SendRequest } from "./http-request.ts";
import { CannotRun } from "./own-host.ts";

const PAGE_CONFIG = /<script type="application\/json" id="page-config">([^<]*)<\/script>/;

/** What a deployment tells its own pages. Throws `CannotRun` when it is not a Rekey that answers. */
export async function readDeployment(origin: string, send: SendRequest): Promise<PageConfig> {
  let page: string;
  try {
    page = (await send({ method: "GET", path: "/" })).text;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new CannotRun(`${origin} does not answer: ${message || code}`);
  }
  const [, json] = page.match(PAGE_CONFIG) ?? [];
  if (json === undefined)
    throw new CannotRun(`${origin} is not a Rekey: its page has no page-config`);
  // Of another version some may be missing; what is not used here does not matter.
  return { ...defaultPageConfig, ...(JSON.parse(json) as Partial<PageConfig>) };
}
