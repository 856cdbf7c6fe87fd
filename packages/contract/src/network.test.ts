import { expect, test } from "vitest";
import { networksOf, siteOf } from "./network.ts";

test.each([
  ["192.0.2.1", ["192.0.2.1"]],
  ["unknown", ["unknown"]],
  ["::1", ["::1"]],
  ["2001:db8:1:2ff::/64", ["2001:db8:1:2ff::/64", "2001:db8:1:200/56", "2001:db8:1/48"]],
  ["2001:db8::/64", ["2001:db8::/64", "2001:db8:0:0/56", "2001:db8:0/48"]],
  ["::/64", ["::/64", "0:0:0:0/56", "0:0:0/48"]],
])("%s counts for %j", (network, networks) => {
  expect(networksOf(network)).toEqual(networks);
  expect(siteOf(network)).toBe(networks.at(-1));
});
