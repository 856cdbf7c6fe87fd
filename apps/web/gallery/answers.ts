import type { AppRouter } from "@rekey/client";
import type { Refusal } from "@rekey/contract/reasons";
import type { inferRouterOutputs } from "@trpc/server";

type Outputs = inferRouterOutputs<AppRouter>;

export interface Refused {
  refusal: Refusal;
}

/** What becomes of a call: the procedure's output, a refusal, or no answer of ours. */
export type Answer<Output> =
  | Output
  | Refused
  /** On its way for ever. */
  | "never"
  /** The connection is lost. */
  | "unreachable"
  /** Against the contract, as only a fault of ours could be. */
  | "malformed";

/**
 * The server's answers by procedure; several are given in turn, the last for good. They follow from the
 * router's own type: a story that no longer fits the contract does not compile.
 */
export type Answers = {
  [Procedure in keyof Outputs]?: Answer<Outputs[Procedure]> | Answer<Outputs[Procedure]>[];
};

export function refused(refusal: Refusal): Refused {
  return { refusal };
}
