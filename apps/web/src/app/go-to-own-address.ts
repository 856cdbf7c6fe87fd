import { ownAddress } from "../lib/own-address.ts";
import { readPageConfig } from "../lib/page-config.ts";

/** Kept for as long as the tab: a server that leads back here must not make the page go round. */
const GONE = "rekey-gone-to-own-address";

const { appUrl } = readPageConfig(document.getElementById("page-config")?.textContent);
const target = ownAddress(appUrl, location);
if (target !== null && isFirstTime()) location.replace(target);

function isFirstTime(): boolean {
  try {
    const first = sessionStorage.getItem(GONE) === null;
    sessionStorage.setItem(GONE, "yes");
    return first;
  } catch {
    // Without storage nobody could tell the second time from the first.
    return false;
  }
}
