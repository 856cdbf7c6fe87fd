import { validate } from "@apidevtools/swagger-parser";
import { procedureReasons } from "@rekey/contract/procedure-reasons";
import { createInputs, outputs, queryNames } from "@rekey/contract/procedures";
import { describe, expect, it } from "vitest";
import { createOpenApi } from "./openapi.ts";
import { createAppRouter } from "./router.ts";

// Describing a router calls none of its services.
const uncalled = new Proxy({}, { get: () => () => uncalled }) as never;
const passwordPolicy = { minLength: 12 };
const router = createAppRouter({
  accounts: uncalled,
  recovery: uncalled,
  limits: uncalled,
  passwordPolicy,
});
const document = createOpenApi({
  router,
  passwordPolicy,
  appUrl: "https://accounts.example.com",
  version: "0.1.0",
});

interface Operation {
  requestBody?: { content: { "application/json": { schema: { properties: object } } } };
  responses: Record<string, { description: string; headers?: object }>;
}

function operation(name: string): Operation {
  const path = document.paths?.[`/trpc/${name}`];
  return (path?.get ?? path?.post) as unknown as Operation;
}

describe("the OpenAPI description", () => {
  it("is valid OpenAPI 3.1", async () => {
    await expect(validate(structuredClone(document) as never)).resolves.toBeDefined();
  });

  it("has every procedure, with an input where it takes one", () => {
    const names = Object.keys(outputs);
    expect(Object.keys(document.paths ?? {}).sort()).toEqual(
      names.map((name) => `/trpc/${name}`).sort(),
    );
    const inputs = createInputs(passwordPolicy);
    for (const name of names) {
      expect(operation(name).requestBody !== undefined, name).toBe(name in inputs);
    }
  });

  it("has the contract's queries under GET and everything else under POST", () => {
    const queries = Object.entries(document.paths ?? {}).filter(([, path]) => path?.get);
    expect(queries.map(([path]) => path.replace("/trpc/", "")).sort()).toEqual(
      [...queryNames].sort(),
    );
  });

  it("says the rules of an input that its code checks", () => {
    const body = operation("signUp").requestBody?.content["application/json"].schema;
    expect(body?.properties).toMatchObject({
      email: { type: "string", format: "email", maxLength: 254 },
      name: { type: "string", minLength: 1, maxLength: 100 },
      password: { type: "string", minLength: 12, maxLength: 256 },
    });
  });

  it("says the reasons a procedure can be refused with, by HTTP status", () => {
    const { responses } = operation("requestReset");
    const reasons = Object.entries(responses).map(([status, { description }]) => [
      status,
      description,
    ]);
    expect(Object.fromEntries(reasons)).toEqual({
      200: "Done",
      400: "INVALID_INPUT",
      403: "FORBIDDEN_ORIGIN",
      429: "RATE_LIMITED",
      500: "INTERNAL",
    });
    expect(responses[429]?.headers).toHaveProperty("Retry-After");
  });

  it("leaves out no declared reason", () => {
    for (const [name, reasons] of Object.entries(procedureReasons)) {
      const said = Object.values(operation(name).responses).map(({ description }) => description);
      for (const reason of reasons) expect(said.join(), name).toContain(reason);
    }
  });
});
