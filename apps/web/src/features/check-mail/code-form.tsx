import { paths } from "@rekey/contract/paths";
import { TRPCClientError } from "@trpc/client";
import { useNavigate } from "react-router-dom";
import * as z from "zod/mini";
import { Button } from "../../components/button.tsx";
import { CodeField } from "../../components/code-field.tsx";
import { Form } from "../../components/form.tsx";
import { useHoldToken } from "../../lib/fragment-token-context.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useInputs } from "../../lib/use-inputs.ts";
import { useSchemaForm } from "../../lib/use-schema-form.ts";
import { useSubmission } from "../../lib/use-submission.ts";

/**
 * Takes the code of the email, which may have been read on another device, and goes where a new password
 * is chosen. `requests`: the handles of this browser's requests, newest first. A code is tried with
 * each, because the latest request may have been too soon for another email.
 */
export function CodeForm({ requests }: { requests: readonly string[] }) {
  const t = useTranslate();
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const holdToken = useHoldToken();
  const { redeemCode } = useInputs();
  const form = useSchemaForm(z.object({ code: redeemCode.shape.code }), { code: "" });

  async function redeem(code: string): Promise<string> {
    let refusal: unknown;
    for (const request of requests) {
      try {
        return (await trpc.redeemCode.mutate({ request, code })).token;
      } catch (error) {
        if (!isWrong(error)) throw error;
        refusal ??= error;
      }
    }
    throw refusal;
  }

  const submission = useSubmission(form, async ({ code }) => {
    holdToken(paths.resetPassword, await redeem(code));
    await navigate(paths.resetPassword);
  });

  return (
    <Form form={form} submission={submission}>
      <CodeField />
      <Button busy={submission.busy}>{t("checkMail.useCode")}</Button>
    </Form>
  );
}

function isWrong(error: unknown): boolean {
  const reason: unknown = error instanceof TRPCClientError && error.data?.reason;
  return reason === "CODE_WRONG" || reason === "CODE_DEAD";
}
