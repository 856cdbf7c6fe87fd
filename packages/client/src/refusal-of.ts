import {
  commonReasons,
  type ProcedureName,
  procedureReasons,
  type ReasonOf,
} from "@rekey/contract/procedure-reasons";
import type { Reason, Refusal } from "@rekey/contract/reasons";

/** One member for each reason, where `Refusal` has several reasons in one member. */
type Each<Some> = Some extends { reason: infer Reasons }
  ? Reasons extends Reason
    ? Omit<Some, "reason"> & { reason: Reasons }
    : never
  : never;

/** What a procedure can be refused with: switch over `reason`, and the compiler asks for every one. */
export type RefusalOf<Name extends ProcedureName> = Extract<
  Each<Refusal>,
  { reason: ReasonOf<Name> }
>;

/**
 * Reads why a call of `procedure` was refused out of what it threw. Returns null for anything else: no
 * connection, a proxy's own words, a bug; throw that on, or say that there was no answer.
 *
 * @example
 * try {
 *   await rekey.resetPassword.mutate({ token, password });
 * } catch (error) {
 *   const refusal = refusalOf(error, "resetPassword");
 *   if (refusal === null) throw error;
 *   switch (refusal.reason) { … }
 * }
 */
export function refusalOf<Name extends ProcedureName>(
  error: unknown,
  procedure: Name,
): RefusalOf<Name> | null {
  // By its shape: two copies of @trpc/client have two error classes.
  const data: unknown = Object(error).data;
  const reason: unknown = Object(data).reason;
  const possible: readonly unknown[] = [...procedureReasons[procedure], ...commonReasons];
  return possible.includes(reason) ? (data as RefusalOf<Name>) : null;
}
