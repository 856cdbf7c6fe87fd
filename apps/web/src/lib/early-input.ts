/** What was typed into a page before React took over, and which field had the focus. */
interface EarlyInput {
  pathname: string;
  /** By the name of the field, which is its id too. */
  values: Record<string, string>;
  focused: string | null;
}

const nothing: EarlyInput = { pathname: "", values: {}, focused: null };
let early = nothing;

/** Keeps what stands in the fields that the server drew, for the form that takes their place. */
export function keepEarlyInput(drawn: HTMLElement): void {
  const values: Record<string, string> = {};
  for (const { name, value } of drawn.querySelectorAll("input")) {
    if (name !== "" && value !== "") values[name] = value;
  }
  const { activeElement } = document;
  const focused = drawn.contains(activeElement) ? (activeElement?.id ?? null) : null;
  early = { pathname: location.pathname, values, focused };
}

/** What was typed into the fields of these names on this page. */
export function earlyValues(names: readonly string[]): Record<string, string> {
  // The first check also serves the server, which draws pages and has no `location`.
  if (early === nothing || early.pathname !== location.pathname) return {};
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = early.values[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Puts the focus back into the field that somebody was typing in; false if there is none. */
export function restoreEarlyFocus(): boolean {
  const field = early.focused === null ? null : document.getElementById(early.focused);
  field?.focus({ preventScroll: true });
  return field !== null;
}

/** Call it when the form that took over unmounts, so that its text reaches no other page. */
export function forgetEarlyInput(): void {
  early = nothing;
}
