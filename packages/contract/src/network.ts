/**
 * The networks that a caller counts for, narrowest first: an IPv4 address only for itself, an IPv6 /64
 * also for the /56 and the /48 it is part of, which a provider may hand out whole (RFC 6177).
 * `network` is spelled as `Requester.network` has it.
 */
export function networksOf(network: string): string[] {
  if (!network.endsWith("::/64")) return [network];
  const groups = network.slice(0, -"::/64".length).split(":").filter(Boolean);
  const [a = "0", b = "0", c = "0", d = "0"] = groups;
  const site = (Number.parseInt(d, 16) & 0xff00).toString(16);
  return [network, `${a}:${b}:${c}:${site}/56`, `${a}:${b}:${c}/48`];
}

/** The widest of them. */
export function siteOf(network: string): string {
  return networksOf(network).at(-1) ?? network;
}
