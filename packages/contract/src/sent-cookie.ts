import { paths } from "./paths.ts";

/**
 * A reset that was asked for without JavaScript: the server tells the page that waits by this cookie,
 * which only that page is sent and which scripts can read. Its value is the history state that the SPA
 * would have made, as JSON in base64url.
 */
export const SENT_COOKIE = "rekey_sent";
export const SENT_COOKIE_PATH = paths.checkMail;
