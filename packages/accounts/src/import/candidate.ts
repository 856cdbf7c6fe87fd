import { nameSchema } from "@rekey/contract/account";
import { emailSchema, mailboxKey } from "@rekey/contract/email";
import {
  type PasswordPolicy,
  passwordMessage,
  passwordShapeProblem,
} from "@rekey/contract/password";
import * as z from "zod/mini";
import { readHash } from "../password-schemes/read-hash.ts";
import type { ImportRecord } from "./record.ts";

/** An account that may be made. */
export interface Candidate {
  line: number;
  email: string;
  emailKey: string;
  name: string;
  secret: { kind: "hash"; hash: string } | { kind: "password"; password: string };
}

/** Why one was refused. Nothing in it repeats what the field holds. */
export interface Refusal {
  line: number;
  /** Null: the line as a whole. */
  field: "email" | "name" | "password" | "passwordHash" | null;
  reason: string;
}

const text = z.optional(z.string("Expected a text"));

const schema = z.object(
  { email: emailSchema, name: nameSchema, password: text, passwordHash: text },
  "Expected an object with email, name and password or passwordHash",
);

/** What UTF-8 decoding leaves of bytes that are something else. */
const UNDECODABLE = /\uFFFD/;

/** Judges one line. A password is judged by its length and that it can be seen: it is somebody's already. */
export function readCandidate(
  record: ImportRecord,
  policy: PasswordPolicy,
): { status: "accepted"; candidate: Candidate } | { status: "refused"; refusal: Refusal } {
  const { line } = record;
  const refuse = (field: Refusal["field"], reason: string) =>
    ({ status: "refused", refusal: { line, field, reason } }) as const;

  if (record.status === "unreadable") return refuse(null, record.reason);
  const parsed = z.safeParse(schema, record.fields);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = (issue?.path[0] ?? null) as Refusal["field"];
    return refuse(field, issue?.message ?? "Not an account");
  }
  const { email, name } = parsed.data;
  const password = parsed.data.password || null;
  const passwordHash = parsed.data.passwordHash || null;
  if (UNDECODABLE.test(name)) return refuse("name", "Not in UTF-8");
  const accept = (secret: Candidate["secret"]) =>
    ({
      status: "accepted",
      candidate: { line, email, emailKey: mailboxKey(email), name, secret },
    }) as const;

  if (passwordHash !== null) {
    if (password !== null) return refuse(null, "Both password and passwordHash; give one");
    const reading = readHash(passwordHash);
    if (reading.status === "refused") return refuse("passwordHash", reading.reason);
    return accept({ kind: "hash", hash: passwordHash });
  }
  if (password === null) return refuse(null, "Neither password nor passwordHash");
  if (UNDECODABLE.test(password)) return refuse("password", "Not in UTF-8");
  const problem = passwordShapeProblem(password, policy);
  if (problem !== null) return refuse("password", passwordMessage(problem, policy));
  return accept({ kind: "password", password });
}
