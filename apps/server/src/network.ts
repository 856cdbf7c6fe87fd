import ipaddr from "ipaddr.js";

/** An address as proxies write it: some add the port, and brackets around IPv6 (RFC 7239 6). */
const BRACKETED = /^\[([^\]]*)\](?::\d{1,5})?$/;
const WITH_PORT = /^([\d.]+):\d{1,5}$/;

/**
 * The network a request comes from, as limits count it: the IPv4 address, or the IPv6 /64 that one
 * customer usually has for themselves, spelled as RFC 5952 has it. `forwardedFor` is believed only as
 * far as `trustedProxies` of our own stand in front: each of them appended one address, so we count
 * from the right.
 */
export function clientNetwork(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const hops = (forwardedFor ?? "").split(",");
  const claimed = trustedProxies > 0 ? hops.at(-trustedProxies) : undefined;
  const address = readAddress(claimed) ?? readAddress(socketAddress);
  if (address === null) return "unknown";
  if (address instanceof ipaddr.IPv4 || address.range() === "loopback") return address.toString();
  const prefix = new ipaddr.IPv6([...address.parts.slice(0, 4), 0, 0, 0, 0]);
  return `${prefix.toString()}/64`;
}

/** Also takes IPv4-mapped IPv6 for the IPv4 address it is. Null for what is no address. */
function readAddress(text = ""): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const trimmed = text.trim();
  const bare = (trimmed.match(BRACKETED) ?? trimmed.match(WITH_PORT))?.[1] ?? trimmed;
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}
