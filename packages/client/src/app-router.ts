import type { ProcedureName } from "@rekey/contract/procedure-reasons";
import type { Inputs, outputs, queryNames } from "@rekey/contract/procedures";
import type { Refusal } from "@rekey/contract/reasons";
import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";
import type * as z from "zod/mini";

type QueryName = (typeof queryNames)[number];

type InputOf<Name extends ProcedureName> = Name extends keyof Inputs
  ? z.input<Inputs[Name]>
  : // biome-ignore lint/suspicious/noConfusingVoidType: What tRPC calls an input that there is none of.
    void;

interface Definition<Name extends ProcedureName> {
  input: InputOf<Name>;
  output: z.output<(typeof outputs)[Name]>;
  meta: unknown;
}

type Procedures = {
  [Name in ProcedureName]: Name extends QueryName
    ? TRPCQueryProcedure<Definition<Name>>
    : TRPCMutationProcedure<Definition<Name>>;
};

interface Root {
  ctx: object;
  meta: object;
  errorShape: {
    message: string;
    code: number;
    data: { code: string; httpStatus: number } & Refusal;
  };
  transformer: false;
}

/**
 * The type of Rekey's tRPC router, for any tRPC client. It follows from the contract alone, so that a
 * front end type-checks none of the server's files; a test holds it to the router itself.
 */
export type AppRouter = TRPCBuiltRouter<Root, Procedures>;
