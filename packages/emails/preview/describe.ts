import type { Brand } from "@rekey/contract/brand";
import { directionOf, type Locale, localeNames, locales } from "@rekey/contract/locales";
import { markupProblems } from "../checks/markup.ts";
import { toMessage } from "../checks/message.ts";
import { supportOf } from "../checks/support.ts";
import type * as sampled from "../samples.ts";
import { inTheme, type Theme, themes } from "./themes.ts";

/** What there is to choose from. */
export function choices({ samples, fixtures }: typeof sampled) {
  return {
    mails: Object.keys(samples),
    locales: locales.map((locale) => ({ locale, name: localeNames[locale] })),
    fixtures: Object.keys(fixtures),
    themes,
  };
}

export interface Choice {
  mail: string;
  locale: Locale;
  fixture: string;
  theme: Theme;
}

/** One mail as it was chosen: both parts, headers, size, and what the checks say. */
export async function describe(source: typeof sampled, brand: Brand, choice: Choice) {
  const { samples, fixtures } = source;
  const { mail: name, locale, theme } = choice;
  const fixture = Object.entries(fixtures).find(([name]) => name === choice.fixture)?.[1];
  const mail = samples[name]?.(brand, { locale, timeZone: "UTC" }, fixture ?? fixtures.everyday);
  if (mail === undefined) return null;
  const message = await toMessage(mail);
  const { unsupported } = supportOf(mail.html);
  const markup = await markupProblems(mail.html);
  const links = [...new Set(mail.html.match(/(?<=href=")[^"]*/g))];
  const bytes = Buffer.byteLength(mail.html);
  return {
    subject: mail.subject,
    html: inTheme(mail.html, theme),
    text: mail.text,
    dir: directionOf(locale),
    headers: message.slice(0, message.indexOf("\r\n\r\n")),
    checks: [
      {
        ok: bytes < 20_000,
        title: `HTML of ${bytes} bytes (at most 20,000), mail of ${message.length}`,
      },
      { ok: markup.length === 0, title: markup.join("\n") || "The HTML is valid" },
      {
        ok: true,
        title: `${links.length} links: ${links.map((link) => link.slice(0, 60)).join("\n")}`,
      },
      {
        ok: true,
        title: `Accepted, and not known everywhere: ${Object.keys(unsupported).join(", ")}`,
      },
    ],
  };
}
