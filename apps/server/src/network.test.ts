import { networksOf } from "@rekey/contract/network";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { expect, test } from "vitest";
import { clientNetwork } from "./network.ts";

test("without proxies of ours no forwarding header is believed", () => {
  expect(clientNetwork("192.0.2.1", "198.51.100.9", 0)).toBe("192.0.2.1");
});

test("each proxy of ours is counted from the right", () => {
  const header = "203.0.113.66, 198.51.100.9, 10.0.0.2";
  expect(clientNetwork("10.0.0.1", header, 1)).toBe("10.0.0.2");
  expect(clientNetwork("10.0.0.1", header, 2)).toBe("198.51.100.9");
});

test("a header that is missing or no address falls back to the connection", () => {
  expect(clientNetwork("10.0.0.1", undefined, 1)).toBe("10.0.0.1");
  expect(clientNetwork("10.0.0.1", "unknown", 1)).toBe("10.0.0.1");
  expect(clientNetwork("10.0.0.1", "198.51.100.9", 2)).toBe("10.0.0.1");
  expect(clientNetwork(undefined, undefined, 0)).toBe("unknown");
});

test("all of an IPv6 /64 is one network, and a mapped IPv4 address is the IPv4 address", () => {
  const one = clientNetwork("2001:db8:1:2:aaaa::1", undefined, 0);
  expect(one).toBe("2001:db8:1:2::/64");
  expect(clientNetwork("2001:db8::7", undefined, 0)).toBe("2001:db8::/64");
  expect(clientNetwork("::1", undefined, 0)).toBe("::1");
  expect(clientNetwork("2001:db8:1:2:ffff:ffff:ffff:ffff", undefined, 0)).toBe(one);
  expect(clientNetwork("2001:db8:1:3::1", undefined, 0)).not.toBe(one);
  expect(clientNetwork("::ffff:192.0.2.1", undefined, 0)).toBe("192.0.2.1");
});

test.each([
  ["NAT64", "64:ff9b::192.0.2.1"],
  ["NAT64 of a site", "64:ff9b:1:abcd::192.0.2.1"],
  ["SIIT", "::ffff:0:192.0.2.1"],
  ["6to4", "2002:c000:201:7::9"],
  ["Teredo", "2001:0:cb00:7178:8000:f227:3fff:fdfe"],
])("an IPv4 address that came by %s is the IPv4 address", (_by, address) => {
  expect(clientNetwork(address, undefined, 0)).toBe("192.0.2.1");
});

test("a port beside the address makes no difference", () => {
  for (const [written, network] of [
    ["192.0.2.1:50123", "192.0.2.1"],
    [" 192.0.2.1 ", "192.0.2.1"],
    ["[2001:db8:1:2::9]:50123", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::9]", "2001:db8:1:2::/64"],
    ["[::ffff:192.0.2.1]:443", "192.0.2.1"],
    ["2001:DB8:1:2:0:0:0:9", "2001:db8:1:2::/64"],
  ]) {
    expect([written, clientNetwork("10.0.0.1", written, 1)]).toEqual([written, network]);
  }
});

const address = fc.oneof(fc.ipV4(), fc.ipV6());
const forged = fc.oneof(address, fc.string(), fc.constantFrom("", "unknown", "_hidden", "::1"));

test("whatever a client forges in front of what our proxies append changes nothing", () => {
  fc.assert(
    fc.property(
      fc.array(forged, { maxLength: 5 }),
      address,
      fc.array(address, { maxLength: 3 }),
      (lies, client, proxies) => {
        const header = [...lies, client, ...proxies].join(", ");
        const trusted = 1 + proxies.length;
        const found = clientNetwork("10.0.0.1", header, trusted);
        expect(found).toBe(clientNetwork(client, undefined, 0));
        // And where no proxy is ours, nothing of it is believed.
        expect(clientNetwork(client, [...lies, ...proxies].join(","), 0)).toBe(found);
      },
    ),
  );
});

test("exactly those IPv6 addresses are one network that share their first 64 bits", () => {
  const group = fc.integer({ min: 1, max: 0xffff });
  // Not of 6to4, which is IPv4.
  const half = fc
    .tuple(group, group, group, group)
    .filter(([first]) => first !== 0x2002 && first !== 0x64);
  const write = (groups: number[]) => groups.map((each) => each.toString(16)).join(":");
  const networkOf = (groups: number[]) => clientNetwork(write(groups), undefined, 0);
  fc.assert(
    fc.property(half, half, half, half, (prefix, other, host, neighbour) => {
      const network = networkOf([...prefix, ...host]);
      expect(networkOf([...prefix, ...neighbour])).toBe(network);
      expect(networkOf([...other, ...host]) === network).toBe(write(other) === write(prefix));
    }),
  );
});

test("an IPv4 address is the same network in its mapped spelling, and never that of another", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), (one, other) => {
      expect(clientNetwork(`::ffff:${one}`, undefined, 0)).toBe(one);
      expect(clientNetwork(one, undefined, 0) === clientNetwork(other, undefined, 0)).toBe(
        one === other,
      );
    }),
  );
});

test("an IPv6 network counts for exactly the /56 and the /48 that contain it", () => {
  const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
  const native = groups.map(([, ...rest]) => new ipaddr.IPv6([0x2a00, ...rest]));
  const prefix = (address: ipaddr.IPv6, length: number) =>
    ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${length}`).toString();
  const nearby = fc.integer({ min: 0, max: 127 });
  fc.assert(
    fc.property(native, nearby, (one, bit) => {
      const bytes = one.toByteArray();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      const other = ipaddr.fromByteArray(bytes) as ipaddr.IPv6;
      fc.pre(bit > 7);
      const [ofOne, ofOther] = [one, other].map((address) =>
        networksOf(clientNetwork(address.toString(), undefined, 0)),
      );
      const shared = [64, 56, 48].map((length) => prefix(one, length) === prefix(other, length));
      expect(ofOne?.map((network, i) => network === ofOther?.[i])).toEqual(shared);
    }),
  );
});
