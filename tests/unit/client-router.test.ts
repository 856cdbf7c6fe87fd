import type { AppRouter as ServersRouter } from "@rekey/api/router";
import type { AppRouter } from "@rekey/client";
import type { inferRouterError, inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { expectTypeOf, test } from "vitest";

test("the client's router has the inputs, outputs and errors of the server's", () => {
  expectTypeOf<inferRouterInputs<AppRouter>>().toEqualTypeOf<inferRouterInputs<ServersRouter>>();
  expectTypeOf<inferRouterOutputs<AppRouter>>().toEqualTypeOf<inferRouterOutputs<ServersRouter>>();
  type Reason<Router extends AppRouter | ServersRouter> =
    inferRouterError<Router>["data"]["reason"];
  expectTypeOf<Reason<AppRouter>>().toEqualTypeOf<Reason<ServersRouter>>();
});
