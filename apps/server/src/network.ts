import ipaddr from "ipaddr.js";

/** An address as proxies write it: some add the port, and brackets around IPv6 (RFC 7239 6). */
const BRACKETED = /^\[([^\]]*)\](?::\d{1,5})?$/;
const WITH_PORT = /^([\d.]+):\d{1,5}$/;

/**
 * The network a request comes from: the IPv4 address, also where IPv6 only carries it, or the IPv6 /64
 * that one customer usually has for themselves, spelled as RFC 5952 has it. Limits count the networks
 * around a /64 too: `networksOf`. `forwardedFor` is believed only as
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

/** Null for what is no address. */
function readAddress(text = ""): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const trimmed = text.trim();
  // As with every request that no proxy forwarded: the library would throw, which costs time.
  if (trimmed === "") return null;
  const bare = (trimmed.match(BRACKETED) ?? trimmed.match(WITH_PORT))?.[1] ?? trimmed;
  try {
    const address = ipaddr.process(bare);
    return address instanceof ipaddr.IPv6 ? (carriedIpv4(address) ?? address) : address;
  } catch {
    // To ask first whether it is an address would parse it twice.
    return null;
  }
}

/**
 * The IPv4 address that an IPv6 one carries. Behind a translator all of IPv4 is one /64, and with 6to4
 * each IPv4 address has a /48. An IPv4-mapped address (RFC 4291) is IPv4 already.
 */
function carriedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const [, second = 0, third = 0, , , , seventh = 0, eighth = 0] = address.parts;
  switch (address.range()) {
    case "rfc6052": // NAT64, with RFC 8215
    case "rfc6145": // SIIT
      return ipv4(seventh, eighth);
    case "6to4": // RFC 3056
      return ipv4(second, third);
    case "teredo": // RFC 4380
      return ipv4(seventh ^ 0xffff, eighth ^ 0xffff);
    default:
      return null;
  }
}

function ipv4(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
}
