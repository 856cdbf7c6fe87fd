import { type Flags, type Report, startBrowser } from "@rekey/tests/support/lighthouse.ts";
import { signUp } from "@rekey/tests/support/rekey.ts";
import { startSite } from "@rekey/tests/support/running-site.ts";
import { serveWithBarePage } from "../support/bare-page.ts";
import { spread } from "../support/format.ts";
import type { Context, Section } from "../support/measurement.ts";
import { takeTurns } from "../support/rounds.ts";
import { median, ratios } from "../support/statistics.ts";

/** Lighthouse's default: a phone on a slow line, simulated from a load at full speed. */
const simulated: Flags = { onlyCategories: ["performance"], disableFullPageScreenshot: true };

/** The line and the processor slowed down in the browser: when something was really painted. */
const slowed: Flags = {
  throttlingMethod: "devtools",
  onlyAudits: ["largest-contentful-paint"],
  disableFullPageScreenshot: true,
};

const signedOut = ["/", "/sign-in", "/sign-up", "/forgot-password", "/reset-password"];

const value = ({ lhr }: Report, audit: string) => lhr.audits[audit]?.numericValue ?? Number.NaN;

export async function measurePages({ stack, quick, say }: Context): Promise<Section> {
  const site = await startSite();
  stack.defer(() => site.stop());
  const browser = await startBrowser();
  stack.defer(() => browser.close());
  const url = await serveWithBarePage(stack, site.url);
  const { client } = await signUp(site);
  const Cookie = [...client.jar].map(([name, content]) => `${name}=${content}`).join("; ");

  async function measure(page: string, more: Flags) {
    const quick = await browser.measure(url + page, { ...simulated, ...more });
    const slow = await browser.measure(url + page, { ...slowed, ...more });
    return {
      score: (quick.lhr.categories.performance?.score ?? Number.NaN) * 100,
      simulated: value(quick, "largest-contentful-paint"),
      painted: value(slow, "largest-contentful-paint"),
      blocked: value(quick, "total-blocking-time"),
    };
  }

  async function row(page: string, more: Flags = {}): Promise<string[]> {
    say(page);
    const { ours, bare } = await takeTurns(
      quick ? 1 : 3,
      { ours: () => measure(page, more), bare: () => measure("/bare", {}) },
      { warmUp: false },
    );
    const of = (name: "simulated" | "painted") => {
      const [values, floors] = [ours, bare].map((all) => all.map((one) => one[name]));
      return [
        spread(values ?? []),
        spread(floors ?? []),
        spread(ratios(values ?? [], floors ?? [])),
      ];
    };
    return [
      page,
      spread(ours.map(({ score }) => score)),
      ...of("painted"),
      ...of("simulated"),
      String(Math.round(median(ours.map(({ blocked }) => blocked)))),
    ];
  }

  const rows: string[][] = [];
  for (const page of signedOut) rows.push(await row(page));
  rows.push(await row("/settings", { extraHeaders: { Cookie } }));
  return {
    title: "Pages on a slow phone",
    floor: "a bare page of the same server (one heading, nothing to fetch), in turns.",
    columns: [
      "page",
      "performance",
      "painted, ms",
      "bare, ms",
      "ratio",
      "simulated, ms",
      "bare, ms",
      "ratio",
      "blocked, ms",
    ],
    rows,
    notes: [
      "Lighthouse's phone. Painted: the largest contentful paint with line and processor slowed down in the browser. Simulated: the same by Lighthouse's default, which takes every script that arrived before the paint for one that it waited for. Blocked: the total blocking time by the simulation.",
    ],
  };
}
