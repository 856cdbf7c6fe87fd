interface WhereProps {
  browser: string | null;
  system: string | null;
}

/** The browser and the system of a request, as far as they are known. */
export function deviceName({ browser, system }: WhereProps): string {
  if (browser !== null && system !== null) return `${browser} on ${system}`;
  return browser ?? system ?? "An unknown device";
}

/** When it was, and from which network. */
export function WhenAndWhere({ at, network }: { at: string; network: string | null }) {
  return (
    <>
      {at}
      {network !== null && (
        <>
          {" · "}
          <bdi>{network}</bdi>
        </>
      )}
    </>
  );
}
