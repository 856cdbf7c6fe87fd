/** What the flow needs of a browser, whichever protocol drives it. */
export interface Browser {
  open(url: string): Promise<void>;
  /** Types into the field with this id, after emptying it. */
  type(id: string, text: string): Promise<void>;
  /** Clicks the link or button that is called this. */
  press(name: string): Promise<void>;
  /** Runs an expression in the page. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** Writes a picture of the page. */
  picture(file: string): Promise<void>;
  close(): Promise<void>;
}

/** XPath of a link or button by its text. */
export function called(name: string): string {
  return `//*[self::a or self::button][normalize-space(.)="${name}"]`;
}

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** Resolves once `attempt` resolves to something; for what a page shows in its own time. */
export async function eventually<Value>(what: string, attempt: () => Promise<Value | null>) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await attempt();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Types into a field until the text stands there: what is typed before React takes over is lost. */
export async function fill(browser: Browser, id: string, text: string): Promise<void> {
  await eventually(`the text in #${id}`, async () => {
    await browser.type(id, text);
    const typed = await browser.evaluate(`document.getElementById("${id}")?.value`);
    return typed === text ? true : null;
  });
}

/** Resolves once the page shows this text. */
export async function shows(browser: Browser, text: string): Promise<void> {
  await eventually(`“${text}”`, async () => {
    const seen = await browser.evaluate<string>("document.body?.innerText ?? ''");
    return seen.includes(text) ? true : null;
  });
}
