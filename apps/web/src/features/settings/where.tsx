import type { Translate } from "../../lib/i18n/translate.ts";

interface WhereProps {
  browser: string | null;
  system: string | null;
}

/** The browser and the system of a request, as far as they are known. */
export function deviceName({ browser, system }: WhereProps, t: Translate): string {
  if (browser !== null && system !== null) return t("device.name", { browser, system });
  return browser ?? system ?? t("device.unknown");
}

/** When it was, and from which network. */
export function WhenAndWhere({ at, network }: { at: string; network: string | null }) {
  return (
    <>
      {at}
      {network !== null && (
        <>
          {" · "}
          <bdi dir="ltr">{network}</bdi>
        </>
      )}
    </>
  );
}
