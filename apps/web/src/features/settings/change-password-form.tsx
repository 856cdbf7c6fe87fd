import * as z from "zod/mini";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { type CallFailure, callFailure } from "../../lib/call-failure.ts";
import type { Problem } from "../../lib/explain-refusal.ts";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useInputs } from "../../lib/use-inputs.ts";
import { useSchemaForm } from "../../lib/use-schema-form.ts";
import { useSubmission } from "../../lib/use-submission.ts";
import { confirmed } from "../new-password/confirmed.ts";
import { NewPasswordFields } from "../new-password/new-password-fields.tsx";
import { UsernameField } from "../new-password/username-field.tsx";
import { useAccount, useSetAccount } from "../session/use-account.ts";

interface ChangePasswordFormProps {
  email: string;
  onChanged: () => void;
}

export function ChangePasswordForm({ email, onChanged }: ChangePasswordFormProps) {
  const t = useTranslate();
  const { changePassword } = useInputs();
  const trpc = useTRPCClient();
  const { data: account } = useAccount();
  const setAccount = useSetAccount();
  const schema = z.extend(changePassword, { confirmation: z.string() }).check(confirmed);
  const form = useSchemaForm(
    schema,
    { currentPassword: "", password: "", confirmation: "" },
    "onTouched",
  );
  const submission = useSubmission(
    form,
    async ({ currentPassword, password }) => {
      try {
        await trpc.changePassword.mutate({ currentPassword, password });
      } catch (error) {
        if (callFailure(error).reason !== "UNAUTHENTICATED") throw error;
        // The page takes it from here: to sign-in, and back.
        setAccount(null);
        return;
      }
      onChanged();
    },
    explain,
  );

  return (
    <Form form={form} submission={submission}>
      <UsernameField email={email} />
      <PasswordField
        name="currentPassword"
        label={t("field.currentPassword")}
        subject="current"
        autoComplete="current-password"
        takesFocus
      />
      <NewPasswordFields about={[email, account?.name ?? ""]} />
      <Button busy={submission.busy}>{t("settings.submit")}</Button>
    </Form>
  );
}

function explain({ reason }: CallFailure): Problem[] | null {
  switch (reason) {
    // Only the password can be wrong: the address is known.
    case "INVALID_CREDENTIALS":
      return [{ field: "currentPassword", message: { key: "wrong.currentPassword" } }];
    // Sent, and no answer: nobody can say whether it was done, so neither do we.
    case "UNREACHABLE":
      return [
        {
          message: { key: "settings.unanswered" },
        },
      ];
    default:
      return null;
  }
}
