/** Milliseconds in which whatever is waited for has to come. */
const PATIENCE = 10_000;

/** The page's own, which goes on when a story stops it. */
const { setTimeout } = window;

/** Resolves to what `look` finds, now or after a change of the page; rejects when it comes to nothing. */
export function until<Found>(look: () => Found | null, what: string): Promise<Found> {
  const { promise, resolve, reject } = Promise.withResolvers<Found>();
  const observer = new MutationObserver(check);
  const timer = setTimeout(() => reject(new Error(`Not found: ${what}`)), PATIENCE);

  function check() {
    const found = look();
    if (found !== null) resolve(found);
  }

  observer.observe(document, {
    attributes: true,
    characterData: true,
    childList: true,
    subtree: true,
  });
  check();
  return promise.finally(() => {
    observer.disconnect();
    clearTimeout(timer);
  });
}

/** A button or link that can be used, by its name. */
export function control(name: string): HTMLElement | null {
  const all = document.querySelectorAll<HTMLElement>("a[href], button:not([aria-disabled=true])");
  return [...all].find((each) => nameOf(each) === name && each.checkVisibility()) ?? null;
}

/** A field, by its label. */
export function field(label: string): HTMLInputElement | null {
  const found = [...document.querySelectorAll("label")].find((each) => textOf(each) === label);
  return found?.control instanceof HTMLInputElement ? found.control : null;
}

/** The innermost element whose text has these words, for the eye or for a screen reader. */
export function words(text: string): Element | null {
  const around = [...document.querySelectorAll("body *")].filter((each) =>
    textOf(each).includes(text),
  );
  return (
    around.find(
      (each) =>
        each.checkVisibility() && !around.some((other) => each !== other && each.contains(other)),
    ) ?? null
  );
}

function nameOf(control: HTMLElement): string {
  return control.getAttribute("aria-label") ?? textOf(control);
}

function textOf(element: Element): string {
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}
