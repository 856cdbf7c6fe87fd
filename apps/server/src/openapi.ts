import type { AppRouter } from "@rekey/api/router";
import type { Handler } from "hono";
import packageJson from "../package.json" with { type: "json" };
import type { Config } from "./config.ts";

/** Answers with the OpenAPI description of the API, which is made, and loads what makes it, when first asked for. */
export function serveOpenApi(router: AppRouter, config: Config): Handler {
  let made: Promise<object> | null = null;
  return async (c) => {
    made ??= describe(router, config);
    return c.json(await made);
  };
}

async function describe(router: AppRouter, config: Config): Promise<object> {
  const { createOpenApi } = await import("@rekey/api/openapi");
  return createOpenApi({
    router,
    passwordPolicy: { minLength: config.passwordMinLength },
    appUrl: config.appUrl,
    version: packageJson.version,
  });
}
