import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import type { CallFailure } from "../../lib/call-failure.ts";
import type { Problem } from "../../lib/explain-refusal.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useInputs } from "../../lib/use-inputs.ts";
import { useSchemaForm } from "../../lib/use-schema-form.ts";
import { useSubmission } from "../../lib/use-submission.ts";
import { confirmed } from "../new-password/confirmed.ts";
import { NewPasswordFields } from "../new-password/new-password-fields.tsx";
import { UsernameField } from "../new-password/username-field.tsx";

interface ChangePasswordFormProps {
  email: string;
  onChanged: () => void;
}

export function ChangePasswordForm({ email, onChanged }: ChangePasswordFormProps) {
  const { changePassword } = useInputs();
  const trpc = useTRPCClient();
  const schema = changePassword
    .extend({ confirmation: changePassword.shape.currentPassword })
    .check(confirmed);
  const form = useSchemaForm(
    schema,
    { currentPassword: "", password: "", confirmation: "" },
    "onTouched",
  );
  const submission = useSubmission(
    form,
    async ({ currentPassword, password }) => {
      await trpc.changePassword.mutate({ currentPassword, password });
      onChanged();
    },
    explain,
  );

  return (
    <Form form={form} submission={submission}>
      <UsernameField email={email} />
      <PasswordField
        name="currentPassword"
        label="Current password"
        subject="current password"
        autoComplete="current-password"
      />
      <NewPasswordFields />
      <Button busy={submission.busy}>Change password</Button>
    </Form>
  );
}

/** Here only the password can be wrong: the address is known. */
function explain(failure: CallFailure): Problem[] | null {
  if (failure.reason !== "INVALID_CREDENTIALS") return null;
  return [{ field: "currentPassword", message: "The current password is not right" }];
}
