import { TRPCClientError } from "@trpc/client";
import { describe, expect, it } from "vitest";
import { callFailure, tokenReason } from "./call-failure.ts";

function refused(data: unknown) {
  return TRPCClientError.from({ error: { message: "no", code: -32600, data } } as never);
}

describe("a failed call", () => {
  it("keeps the server's reason and what comes with it", () => {
    const data = { code: "TOO_MANY_REQUESTS", reason: "RATE_LIMITED", retryAfter: 30 };
    expect(callFailure(refused(data))).toMatchObject({ reason: "RATE_LIMITED", retryAfter: 30 });
  });

  it("is unreachable when the network failed or a proxy answered", () => {
    const unreachable = { reason: "UNREACHABLE" };
    expect(callFailure(TRPCClientError.from(new TypeError("Failed to fetch")))).toEqual(
      unreachable,
    );
    expect(callFailure(refused({ code: "BAD_GATEWAY" }))).toEqual(unreachable);
    expect(callFailure(refused({ reason: "FROM_THE_FUTURE" }))).toEqual(unreachable);
  });

  it("throws on what is not a failed call", () => {
    const bug = new TypeError("x is undefined");
    expect(() => callFailure(bug)).toThrow(bug);
  });

  it("tells the token's fault from every other", () => {
    expect(tokenReason(refused({ reason: "TOKEN_USED" }))).toBe("TOKEN_USED");
    expect(tokenReason(refused({ reason: "PASSWORD_TOO_COMMON" }))).toBeNull();
    expect(tokenReason(null)).toBeNull();
  });
});
