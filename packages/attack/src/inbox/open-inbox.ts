import { CannotRun } from "../own-host.ts";
import type { Inbox } from "./inbox.ts";
import { openMailCatcher } from "./mail-catcher.ts";
import { openSmtpSink } from "./smtp-sink.ts";

/** Opens what `--inbox` names: `http(s)://…` a mail catcher to read, `smtp://host:port` one to be. */
export async function openInbox(address: string): Promise<Inbox> {
  const url = URL.parse(address);
  if (url?.protocol === "http:" || url?.protocol === "https:") return openMailCatcher(url.href);
  if (url?.protocol === "smtp:" && url.port !== "") {
    return openSmtpSink(url.hostname.replace(/^\[|\]$/g, ""), Number(url.port));
  }
  throw new CannotRun(
    `--inbox: expected the mail catcher's http://host:port, or smtp://host:port to listen at, not ${address}`,
  );
}
