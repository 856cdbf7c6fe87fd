import ipaddr from "ipaddr.js";

/**
 * The network a request comes from, as limits count it: the IPv4 address, or the IPv6 /64 that one
 * customer usually has for themselves. `forwardedFor` is believed only as far as `trustedProxies`
 * of our own stand in front: each of them appended one address, so we count from the right.
 */
export function clientNetwork(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  const claimed = trustedProxies > 0 ? hops.at(-trustedProxies) : undefined;
  const address = claimed !== undefined && ipaddr.isValid(claimed) ? claimed : socketAddress;
  if (address === undefined || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${parsed.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
