import { launch } from "chrome-launcher";
import lighthouse, { type Flags, type Result } from "lighthouse";

/** One browser for all measurements; as root it has no sandbox of its own. */
export async function startBrowser() {
  const { CHROMIUM: chromePath = "/usr/bin/chromium" } = process.env;
  const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu"];
  const browser = await launch({ chromePath, chromeFlags, logLevel: "error" });
  return {
    /** Lighthouse's report on a page, as it comes by default (a phone) but for `flags`. */
    async measure(url: string, flags: Flags = {}): Promise<Result> {
      const run = await lighthouse(url, { port: browser.port, logLevel: "error", ...flags });
      if (run === undefined) throw new Error(`Lighthouse has no report on ${url}`);
      const { runtimeError, finalDisplayedUrl } = run.lhr;
      // A page that sends its reader elsewhere would be measured there.
      if (!runtimeError && finalDisplayedUrl !== url) {
        throw new Error(`${url} led to ${finalDisplayedUrl}`);
      }
      return run.lhr;
    },
    close: () => browser.kill(),
  };
}

export type Browser = Awaited<ReturnType<typeof startBrowser>>;
