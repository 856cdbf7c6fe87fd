import { launch } from "chrome-launcher";
import lighthouse, { type Flags, type RunnerResult } from "lighthouse";

export type { Flags, RunnerResult as Report } from "lighthouse";

/** How often Lighthouse may fail to measure a page at all, as a busy machine can make it. */
const TRIES = 3;

/** One browser for all measurements; as root it has no sandbox of its own. */
export async function startBrowser() {
  const { CHROMIUM: chromePath = "/usr/bin/chromium" } = process.env;
  const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu"];
  const browser = await launch({ chromePath, chromeFlags, logLevel: "error" });

  async function once(url: string, flags: Flags): Promise<RunnerResult> {
    const run = await lighthouse(url, { port: browser.port, logLevel: "error", ...flags });
    if (run === undefined) throw new Error(`Lighthouse has no report on ${url}`);
    return run;
  }

  return {
    /** What Lighthouse finds on a page, as it comes by default (a phone) but for `flags`. */
    async measure(url: string, flags: Flags = {}): Promise<RunnerResult> {
      let run = await once(url, flags);
      for (let tries = 1; run.lhr.runtimeError && tries < TRIES; tries += 1) {
        run = await once(url, flags);
      }
      const { runtimeError, finalDisplayedUrl } = run.lhr;
      if (runtimeError) throw new Error(`${url} was not measured: ${runtimeError.message}`);
      // A page that sends its reader elsewhere would be measured there.
      if (finalDisplayedUrl !== url) throw new Error(`${url} led to ${finalDisplayedUrl}`);
      return run;
    },
    close: () => browser.kill(),
  };
}

export type Browser = Awaited<ReturnType<typeof startBrowser>>;
