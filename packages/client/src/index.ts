// biome-ignore-all lint/performance/noBarrelFile: The one entry of a published package.
export type { ProcedureName, ReasonOf } from "@rekey/contract/procedure-reasons";
export { createInputs, type Inputs } from "@rekey/contract/procedures";
export type { InputIssue, Reason, Refusal } from "@rekey/contract/reasons";
export type { AppRouter } from "./app-router.ts";
export { createRekeyClient, type RekeyClient, type RekeyClientOptions } from "./create-client.ts";
export { type RefusalOf, refusalOf } from "./refusal-of.ts";
