import { expect, test, vi } from "vitest";
import { newPasswordSchema, passwordShapeProblem } from "./password.ts";
import { createInputs } from "./procedures.ts";

const policy = { minLength: 8 };

test("length is counted in code points after NFKC", () => {
  expect(passwordShapeProblem("1234567", policy)).toBe("PASSWORD_TOO_SHORT");
  expect(passwordShapeProblem("12345678", policy)).toBeNull();
  expect(passwordShapeProblem("🦦".repeat(7), policy)).toBe("PASSWORD_TOO_SHORT");
  expect(passwordShapeProblem("🦦".repeat(8), policy)).toBeNull();
  // Seven letters, each typed as two code points that compose into one.
  expect(passwordShapeProblem("e\u0301".repeat(7), policy)).toBe("PASSWORD_TOO_SHORT");
  expect(passwordShapeProblem("🦦".repeat(256), policy)).toBeNull();
  expect(passwordShapeProblem("🦦".repeat(257), policy)).toBe("PASSWORD_TOO_LONG");
});

test("a password that grows when normalised is measured as it is hashed", () => {
  expect(passwordShapeProblem("\ufdfa".repeat(14), policy)).toBeNull();
  expect(passwordShapeProblem("\ufdfa".repeat(15), policy)).toBe("PASSWORD_TOO_LONG");
});

test("ten megabytes are refused before they are normalised", () => {
  const huge = "x".repeat(10_000_000);
  const normalize = vi.spyOn(String.prototype, "normalize");
  expect(passwordShapeProblem(huge, policy)).toBe("PASSWORD_TOO_LONG");
  expect(normalize).not.toHaveBeenCalled();
  normalize.mockRestore();
});

test("an installation can ask for more, and the message says how much", () => {
  const { error } = newPasswordSchema({ minLength: 15 }).safeParse("12345678901234");
  expect(error?.issues[0]).toMatchObject({
    message: "Use at least 15 characters",
    params: { reason: "PASSWORD_TOO_SHORT" },
  });
});

test("a name is trimmed, and one that could forge a line or turn text around is refused", () => {
  const { signUp } = createInputs(policy);
  const person = { email: "a@b.example", password: "long enough" };
  expect(signUp.parse({ ...person, name: "  Ada  " }).name).toBe("Ada");
  for (const name of ["", "   ", "a\nb", "a\u202eb", "a\u2028b", "a\0b", "x".repeat(101)]) {
    expect(signUp.safeParse({ ...person, name }).success).toBe(false);
  }
  for (const name of ["O'Brien", "李小龍", "محمد", "👩‍💻 Zoë"]) {
    expect(signUp.parse({ ...person, name }).name).toBe(name);
  }
});
