import { expect, test } from "vitest";
import { isCrossSite } from "./cross-site.ts";

const site = "https://app.example.com";
const from = (origin: string | undefined, secFetchSite?: string, appUrl = site) =>
  isCrossSite({ origin, secFetchSite }, { appUrl, allowedOrigins: ["https://front.example.com"] });

test("our own pages and programs without a browser may", () => {
  expect(from(site, "same-origin")).toBe(false);
  expect(from(undefined, "same-origin")).toBe(false);
  expect(from(undefined)).toBe(false);
});

test("every other page may not, however close its name", () => {
  for (const origin of [
    "null",
    "https://evil.example",
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://app.example.com.evil.example",
    "https://example.com",
  ]) {
    expect([origin, from(origin)]).toEqual([origin, true]);
  }
  expect(from(undefined, "cross-site")).toBe(true);
  expect(from(undefined, "same-site")).toBe(true);
});

test("a front end that was allowed may, and nobody whose name only resembles it", () => {
  expect(from("https://front.example.com", "same-site")).toBe(false);
  for (const origin of [
    "http://front.example.com",
    "https://front.example.com:8443",
    "https://front.example.com.evil.example",
    "https://evil.front.example.com",
    "https://FRONT.example.com",
    "https://front.example.com/",
  ]) {
    expect([origin, from(origin, "cross-site")]).toEqual([origin, true]);
  }
});

test("on a developer's machine the names of loopback are one site, other ports are not", () => {
  const local = "http://localhost:3000";
  expect(from("http://127.0.0.1:3000", "same-origin", local)).toBe(false);
  expect(from("http://[::1]:3000", undefined, local)).toBe(false);
  expect(from("http://127.0.0.1:3001", undefined, local)).toBe(true);
  expect(from("http://127.0.0.1:3000", undefined, "http://rebound.example:3000")).toBe(true);
});
