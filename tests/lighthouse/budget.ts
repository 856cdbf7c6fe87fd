import type { Result } from "lighthouse";

/** What was measured of a page. Scores are out of 100, times in milliseconds. */
export function figuresOf({ categories, audits }: Result) {
  const score = (category: string) => Math.round((categories[category]?.score ?? Number.NaN) * 100);
  const value = (audit: string) => audits[audit]?.numericValue ?? Number.NaN;
  return {
    accessibility: score("accessibility"),
    bestPractices: score("best-practices"),
    seo: score("seo"),
    performance: score("performance"),
    largestContentfulPaint: Math.round(value("largest-contentful-paint")),
    totalBlockingTime: Math.round(value("total-blocking-time")),
    layoutShift: Number(value("cumulative-layout-shift").toFixed(3)),
  };
}

export type Figures = ReturnType<typeof figuresOf>;

/** Bounds on some figures: scores at least, everything else at most. */
export type Budget = Partial<Figures>;

const scores = new Set(["accessibility", "bestPractices", "seo", "performance"]);

/** Which bounds do not hold, in words. A figure that is missing holds none. */
export function overBudget(figures: Figures, budget: Budget): string[] {
  return Object.entries(budget).flatMap(([name, bound]) => {
    const figure = figures[name as keyof Figures];
    const holds = scores.has(name) ? figure >= bound : figure <= bound;
    return holds ? [] : [`${name} is ${figure}, the budget ${bound}`];
  });
}
