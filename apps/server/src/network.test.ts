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
  expect(clientNetwork("2001:db8:1:2:ffff:ffff:ffff:ffff", undefined, 0)).toBe(one);
  expect(clientNetwork("2001:db8:1:3::1", undefined, 0)).not.toBe(one);
  expect(clientNetwork("::ffff:192.0.2.1", undefined, 0)).toBe("192.0.2.1");
});
