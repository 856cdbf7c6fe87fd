import { paths } from "@rekey/contract/paths";
import type { Flags } from "lighthouse";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, startBrowser } from "../support/lighthouse.ts";
import { signUp } from "../support/rekey.ts";
import { type RunningSite, startSite } from "../support/running-site.ts";
import { serveBadPage } from "./bad-page.ts";
import { type Budget, type Figures, figuresOf, overBudget, unhurried } from "./budget.ts";
import { serveLate } from "./late-answers.ts";

/** What every page is held to. How fast it is, `pnpm test:lighthouse` measures, and nothing fails on it. */
const everyPage: Budget = {
  accessibility: 100,
  bestPractices: 100,
  seo: 100,
  layoutShift: 0,
  requests: 8,
  kilobytes: 145,
  blockingScripts: 0,
  scripts: 6,
  elements: 100,
};

/** Pages that are the same for everybody come with their content in the document. */
const drawnByServer: Budget = { ...everyPage, headings: 1 };

/** The settings list sessions and activity, which come by calls of their own. */
const settings: Budget = {
  ...everyPage,
  requests: 12,
  kilobytes: 150,
  elements: 200,
};

/** Pages that mean nothing without a link or a session say `noindex`, which this audit is against. */
const notListed: Flags = { skipAudits: ["is-crawlable"] };

let browser: Browser;
let site: RunningSite;
let late: Awaited<ReturnType<typeof serveLate>>;
const rows: ({ page: string } & Figures)[] = [];

beforeAll(async () => {
  [browser, site] = await Promise.all([startBrowser(), startSite()]);
  late = await serveLate(site.url);
});
afterAll(async () => {
  browser?.close();
  late?.stop();
  await site?.stop();
  process.stdout.write(table());
});

/** Every figure, for the log. */
function table(): string {
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
  return lines.map((line) => `| ${line.join(" | ")} |\n`).join("");
}

async function withinBudget(page: string, budget: Budget, flags: Flags = {}) {
  const figures = figuresOf(await browser.measure(late.url + page, { ...unhurried, ...flags }));
  rows.push({ page, ...figures });
  expect(overBudget(figures, budget)).toEqual([]);
}

test.each([paths.home, paths.signIn, paths.signUp, paths.forgotPassword])(
  "%s is within the budget, and drawn by the server",
  (page) => withinBudget(page, drawnByServer),
);

test(`${paths.resetPassword} is within the budget`, () =>
  withinBudget(paths.resetPassword, everyPage, notListed));

test(`${paths.settings} is within the budget for someone who is signed in`, async () => {
  const { client } = await signUp(site);
  const Cookie = [...client.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  await withinBudget(paths.settings, settings, { ...notListed, extraHeaders: { Cookie } });
});

test("a page with every fault is over the budget in everything", async () => {
  const bad = await serveBadPage();
  const figures = figuresOf(await browser.measure(bad.url, unhurried));
  bad.stop();
  const over = overBudget(figures, drawnByServer);
  process.stdout.write(`A bad page: ${over.join("; ")}\n`);
  expect(over.map((words) => words.split(" ")[0]).sort()).toEqual(
    Object.keys(drawnByServer).sort(),
  );
});
