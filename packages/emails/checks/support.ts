import { type CanIEmailOptions, caniemail } from "caniemail";

/** The mail programs that caniemail.com knows enough of. */
const clients: CanIEmailOptions["clients"] = [
  "apple-mail.*",
  "gmail.*",
  "outlook.*",
  "yahoo.*",
  "aol.*",
  "samsung-email.*",
  "thunderbird.macos",
  "protonmail.*",
  "fastmail.*",
  "gmx.desktop-webmail",
  "hey.*",
];

/** A feature of HTML or CSS, to the mail programs that do not know it, or only in part. */
export type Support = Record<"unsupported" | "partly", Record<string, string[]>>;

/** What of a page is not known everywhere, by the data of caniemail.com. */
export function supportOf(html: string): Support {
  const { issues } = caniemail({ clients, html });
  const byFeature = (found: typeof issues.errors) => {
    const features = new Map<string, Set<string>>();
    for (const [client, list] of found) {
      for (const { title } of list) {
        features.set(title, (features.get(title) ?? new Set()).add(client));
      }
    }
    return Object.fromEntries(
      [...features].sort().map(([title, names]) => [title, [...names].sort()]),
    );
  };
  return { unsupported: byFeature(issues.errors), partly: byFeature(issues.warnings) };
}
