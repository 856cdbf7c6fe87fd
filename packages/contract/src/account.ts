import * as z from "zod/mini";
import { locales } from "./locales.ts";
import { isVisible } from "./visible.ts";

/** Control characters, line separators and direction overrides: never part of a person's name. */
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

export const nameSchema = z.string("Enter your name").check(
  z.trim(),
  z.refine(isVisible, { message: "Enter your name", abort: true }),
  z.maxLength(100, "Use at most 100 characters"),
  z.refine(
    (name) => !UNSAFE.test(name),
    "Your name contains a hidden character. Type it instead of pasting it",
  ),
);

export const accountSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  /** The language to write in; null when it is not known. */
  locale: z.nullable(z.enum(locales)),
});

export type Account = z.infer<typeof accountSchema>;
