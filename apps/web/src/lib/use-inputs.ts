import { createInputs, type Inputs } from "@rekey/contract/procedures";
import { useMemo } from "react";
import { usePageConfig } from "./page-config.ts";

/** The schemas that the server parses with, under this installation's password policy. */
export function useInputs(): Inputs {
  const { passwordPolicy } = usePageConfig();
  return useMemo(() => createInputs(passwordPolicy), [passwordPolicy]);
}
