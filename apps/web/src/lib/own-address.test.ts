import { expect, test } from "vitest";
import { ownAddress } from "./own-address.ts";

const here = { pathname: "/reset-password", search: "?a=b", hash: "#token=x" };
const appUrl = "https://app.example.com";

test("a page under another name goes to the same page of APP_URL, with its token", () => {
  for (const origin of [
    "http://app.example.com",
    "https://www.example.com",
    "http://10.0.0.1:3000",
  ]) {
    expect(ownAddress(appUrl, { ...here, origin })).toBe(
      "https://app.example.com/reset-password?a=b#token=x",
    );
  }
});

test("a page stays where it belongs, and where APP_URL leads nowhere", () => {
  expect(ownAddress(appUrl, { ...here, origin: appUrl })).toBeNull();
  expect(ownAddress("", { ...here, origin: "http://localhost:5173" })).toBeNull();
  for (const local of ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"]) {
    expect(ownAddress(local, { ...here, origin: "http://192.168.1.5:3000" })).toBeNull();
  }
});
