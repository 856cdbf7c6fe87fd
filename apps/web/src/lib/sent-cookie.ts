import { SENT_COOKIE, SENT_COOKIE_PATH } from "@rekey/contract/sent-cookie";

/**
 * Moves what the server tells the page that waits, after a form sent without JavaScript, from its
 * cookie into the history entry, where the SPA looks for it.
 */
export function takeSentCookie(): void {
  const [, value] = document.cookie.match(new RegExp(`(?:^|; )${SENT_COOKIE}=([^;]+)`)) ?? [];
  if (value === undefined) return;
  // biome-ignore lint/suspicious/noDocumentCookie: The Cookie Store API is not in every browser.
  document.cookie = `${SENT_COOKIE}=; Path=${SENT_COOKIE_PATH}; Max-Age=0`;
  try {
    const bytes = Uint8Array.from(atob(value.replace(/-/g, "+").replace(/_/g, "/")), (character) =>
      character.charCodeAt(0),
    );
    const usr: unknown = JSON.parse(new TextDecoder().decode(bytes));
    history.replaceState({ ...history.state, usr }, "");
  } catch {
    // Not written by the server: without it, the page asks for the address.
  }
}
