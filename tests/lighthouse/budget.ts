import type { Flags, RunnerResult } from "lighthouse";

/** One load of the page, and of Lighthouse's audits only those whose answer does not depend on speed. */
export const unhurried: Flags = {
  onlyCategories: ["accessibility", "best-practices", "seo"],
  onlyAudits: ["cumulative-layout-shift", "network-requests", "dom-size-insight"],
  disableFullPageScreenshot: true,
};

interface NetworkRequest {
  url: string;
  transferSize: number;
}

interface SentRequest {
  name: string;
  args: { data?: { resourceType?: string; renderBlocking?: string } };
}

/** What a first visit to a page is, in figures that are the same on a fast and on a slow machine. */
export function figuresOf({ lhr: { categories, audits }, artifacts }: RunnerResult) {
  const score = (category: string) => Math.round((categories[category]?.score ?? Number.NaN) * 100);
  const value = (audit: string) => audits[audit]?.numericValue ?? Number.NaN;
  const { details } = audits["network-requests"] ?? {};
  const requests = (details?.type === "table" ? details.items : []) as unknown as NetworkRequest[];
  const sent = (artifacts.Trace.traceEvents as SentRequest[]).filter(
    ({ name }) => name === "ResourceSendRequest",
  );
  const blocking = sent.filter(
    ({ args: { data } }) =>
      data?.resourceType === "Script" &&
      !/^(non_blocking|dynamically)/.test(`${data.renderBlocking}`),
  );
  return {
    accessibility: score("accessibility"),
    bestPractices: score("best-practices"),
    seo: score("seo"),
    layoutShift: Number(value("cumulative-layout-shift").toFixed(3)),
    requests: requests.length,
    kilobytes: requests.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000,
    blockingScripts: blocking.length,
    /** Everything that was evaluated, scripts in the document included. */
    scripts: artifacts.Scripts.length,
    elements: value("dom-size-insight"),
    /** Headings in the document as it came, before any script. */
    headings: artifacts.MainDocumentContent.match(/<h1/g)?.length ?? 0,
  };
}

export type Figures = ReturnType<typeof figuresOf>;

/** Bounds on some figures: scores and headings at least, everything else at most. */
export type Budget = Partial<Figures>;

const atLeast = new Set(["accessibility", "bestPractices", "seo", "headings"]);

/** Which bounds do not hold, in words. A figure that is missing holds none. */
export function overBudget(figures: Figures, budget: Budget): string[] {
  return Object.entries(budget).flatMap(([name, bound]) => {
    const figure = figures[name as keyof Figures];
    const holds = atLeast.has(name) ? figure >= bound : figure <= bound;
    return holds ? [] : [`${name} is ${figure}, the budget ${bound}`];
  });
}
