import { nameSchema } from "@rekey/contract/account";
import { emailSchema } from "@rekey/contract/email";
import { currentPasswordSchema, PASSWORD_MAX, type PasswordPolicy } from "@rekey/contract/password";
import {
  commonReasons,
  type ProcedureName,
  procedureReasons,
} from "@rekey/contract/procedure-reasons";
import { createInputs, outputs } from "@rekey/contract/procedures";
import type { Reason } from "@rekey/contract/reasons";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import * as z from "zod/mini";
import type { $ZodType } from "zod/v4/core";
import { createDocument, type ZodOpenApiOperationObject } from "zod-openapi";
import { codeOf } from "./refusal-error.ts";
import type { AppRouter } from "./router.ts";

export interface OpenApiOptions {
  /** Only its procedures are described: an installation may have fewer than there are. */
  router: AppRouter;
  passwordPolicy: PasswordPolicy;
  /** Where `/trpc` is, such as `https://accounts.example.com`. */
  appUrl: string;
  version: string;
}

/**
 * Describes the API as OpenAPI 3.1: inputs with their rules, outputs, and the reasons each procedure can
 * be refused with, so that clients in other languages can be generated. It is the contract's schemas
 * that are described; what a schema's code checks stands here as JSON Schema.
 */
export function createOpenApi({ router, passwordPolicy, appUrl, version }: OpenApiOptions) {
  const inputs = createInputs(passwordPolicy);
  const rules = new Map<$ZodType, object>([
    [emailSchema, { type: "string", format: "email", maxLength: 254 }],
    [nameSchema, { type: "string", minLength: 1, maxLength: 100 }],
    [currentPasswordSchema, { type: "string", format: "password", minLength: 1 }],
    [
      inputs.resetPassword.shape.password,
      {
        type: "string",
        format: "password",
        minLength: passwordPolicy.minLength,
        maxLength: PASSWORD_MAX,
        description: "Any characters, at least one that can be seen; common passwords are refused.",
      },
    ],
  ]);

  const procedures = Object.entries(router._def.procedures) as [
    ProcedureName,
    { _def: { type: "query" | "mutation" } },
  ][];
  const paths = procedures.map(([name, { _def }]) => {
    const operation = describe(name, (inputs as Partial<Record<ProcedureName, $ZodType>>)[name]);
    return [`/trpc/${name}`, _def.type === "query" ? { get: operation } : { post: operation }];
  });

  return createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Rekey",
        version,
        description:
          "Account recovery by email. Every refusal has a literal `reason` in `error.data`. A session is the cookie that signIn and verifyEmail set.",
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: appUrl }],
      paths: Object.fromEntries(paths),
    },
    {
      override({ zodSchema, jsonSchema }) {
        const rule = rules.get(zodSchema as $ZodType);
        if (rule !== undefined) Object.assign(jsonSchema, rule);
        // Later versions may add fields to an answer.
        delete jsonSchema.additionalProperties;
        // Of every JSON integer that JavaScript has.
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
          delete jsonSchema.maximum;
          delete jsonSchema.minimum;
        }
      },
    },
  );
}

function describe(name: ProcedureName, input: $ZodType | undefined): ZodOpenApiOperationObject {
  return {
    operationId: name,
    ...(input && {
      requestBody: { required: true, content: json(input) },
    }),
    responses: { 200: success(outputs[name]), ...refusals(name) },
  };
}

/** tRPC's envelope around an output. */
function success(data: $ZodType) {
  return {
    description: "Done",
    content: json(z.object({ result: z.object({ data }) })),
  };
}

/** The refusals of a procedure by HTTP status. */
function refusals(name: ProcedureName): Record<string, object> {
  const reasons: Reason[] = [...procedureReasons[name], ...commonReasons];
  const byStatus = Map.groupBy(reasons, httpStatusOf);
  return Object.fromEntries([...byStatus].map(([status, some]) => [status, refused(some)]));
}

function refused(reasons: Reason[]) {
  const data = z.union(reasons.map(refusalSchema));
  const error = z.object({ message: z.string(), code: z.int(), data });
  return {
    description: reasons.join(", "),
    ...(reasons.includes("RATE_LIMITED") && {
      headers: z.object({ "Retry-After": z.int() }),
    }),
    content: json(z.object({ error })),
  };
}

/** What `error.data` holds for a reason, beside what tRPC puts there. */
function refusalSchema(reason: Reason) {
  return z.object({
    reason: z.literal(reason),
    code: z.string(),
    httpStatus: z.int(),
    ...(reason === "PASSWORD_REQUIRED" && { email: z.string() }),
    ...(reason === "RATE_LIMITED" && { retryAfter: z.int() }),
    ...(reason === "CODE_WRONG" && { attemptsLeft: z.int() }),
    ...(reason === "INVALID_INPUT" && {
      issues: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
    ...(reason === "INTERNAL" && { requestId: z.string() }),
  });
}

function httpStatusOf(reason: Reason): number {
  return getHTTPStatusCodeFromError(new TRPCError({ code: codeOf(reason) }));
}

function json(schema: $ZodType) {
  return { "application/json": { schema } };
}
