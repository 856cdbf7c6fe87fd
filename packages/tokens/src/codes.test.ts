import fc from "fast-check";
import { expect, test } from "vitest";
import { createCodes } from "./codes.ts";
import { createKeyRing } from "./key-ring.ts";

const OLD = "old-key-old-key-old-key-old-key-1";
const NEW = "new-key-new-key-new-key-new-key-2";
const expiresAt = new Date("2026-01-01T00:10:00Z");

const codesWith = ({ secrets = [OLD], issuer = "https://rekey.example" } = {}) =>
  createCodes({ keys: createKeyRing(secrets), issuer });

const codes = codesWith();

test("a code has eight digits, is the same each time, and is that of its request alone", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (id, other) => {
      const code = codes.codeOf(id);
      expect(code).toMatch(/^\d{8}$/);
      expect(codes.codeOf(id)).toBe(code);
      expect(codes.isCodeOf(id, code)).toBe(true);
      expect(codes.isCodeOf(other, code)).toBe(id === other);
    }),
  );
});

test("anything else is not the code, and never throws", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string({ unit: "binary" }), (id, text) => {
      expect(codes.isCodeOf(id, text)).toBe(false);
    }),
  );
});

test("a handle says which request it is of and until when, in the same number of characters", () => {
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(fc.uuid(), seconds, (id, at) => {
      const request = { id, expiresAt: new Date(at * 1000) };
      const handle = codes.handleOf(request);
      expect(handle).toMatch(/^[\w-]{51}$/);
      expect(codes.readHandle(handle)).toEqual(request);
    }),
  );
});

test("a handle with any one character changed, added or missing is none", () => {
  const handle = codes.handleOf({ id: "3f0e8a60-0000-4000-8000-000000000001", expiresAt });
  for (let at = 0; at < handle.length; at++) {
    for (const by of ["A", "B", "_", "=", " ", ""]) {
      if (by === handle[at]) continue;
      expect(codes.readHandle(handle.slice(0, at) + by + handle.slice(at + 1))).toBeNull();
    }
  }
  for (const other of [`${handle}A`, `${handle}=`, ` ${handle}`, ""]) {
    expect(codes.readHandle(other)).toBeNull();
  }
});

test("another installation with the same key has other codes and knows no handle of ours", () => {
  const id = "3f0e8a60-0000-4000-8000-000000000001";
  const staging = codesWith({ issuer: "https://staging.example" });
  expect(staging.isCodeOf(id, codes.codeOf(id))).toBe(false);
  expect(staging.readHandle(codes.handleOf({ id, expiresAt }))).toBeNull();
});

test("after a rotation codes and handles of the old key work until it is dropped", () => {
  const id = "3f0e8a60-0000-4000-8000-000000000001";
  const [code, handle] = [codes.codeOf(id), codes.handleOf({ id, expiresAt })];
  const rotated = codesWith({ secrets: [NEW, OLD] });
  expect(rotated.isCodeOf(id, code)).toBe(true);
  expect(rotated.readHandle(handle)).toEqual({ id, expiresAt });
  const dropped = codesWith({ secrets: [NEW] });
  expect(dropped.isCodeOf(id, code)).toBe(false);
  expect(dropped.readHandle(handle)).toBeNull();
});
