import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { useState } from "react";
import { useNavigate } from "react-router-dom";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Notice } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { Prose } from "../../components/prose.tsx";
import { type CallFailure, tokenReason } from "../../lib/call-failure.ts";
import type { Problem } from "../../lib/explain-refusal.ts";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useInputs } from "../../lib/use-inputs.ts";
import { useSchemaForm } from "../../lib/use-schema-form.ts";
import { useSubmission } from "../../lib/use-submission.ts";
import { confirmed } from "../new-password/confirmed.ts";
import { NewPasswordFields } from "../new-password/new-password-fields.tsx";
import { UsernameField } from "../new-password/username-field.tsx";
import { useAccount, useSetAccount } from "../session/use-account.ts";
import { RefusedLink } from "./refused-link.tsx";

interface ResetFormProps {
  token: string;
  /** Masked: what the holder of the link may see. */
  email: string;
}

export function ResetForm({ token, email }: ResetFormProps) {
  const { resetPassword } = useInputs();
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const account = useAccount().data;
  const setAccount = useSetAccount();
  const [refused, setRefused] = useState<TokenReason | null>(null);
  const schema = resetPassword
    .pick({ password: true })
    .extend({ confirmation: resetPassword.shape.token })
    .check(confirmed);
  const form = useSchemaForm(schema, { password: "", confirmation: "" }, "onTouched");
  const submission = useSubmission(
    form,
    async ({ password }) => {
      try {
        await trpc.resetPassword.mutate({ token, password });
      } catch (error) {
        const reason = tokenReason(error);
        if (reason === null) throw error;
        setRefused(reason);
        return;
      }
      // Every session of that account has ended, perhaps the one of this browser.
      if (account) setAccount(null);
      const state: NavigationState = { flash: { kind: "passwordReset" } };
      await navigate(paths.signIn, { state, replace: true });
    },
    explain,
  );

  if (refused !== null) return <RefusedLink reason={refused} />;
  return (
    <Page
      title="Choose a new password"
      notice={
        account && (
          <Notice tone="info">
            <p>
              You are signed in as <strong>{account.email}</strong>. You can go on: a reset signs
              you out everywhere.
            </p>
          </Notice>
        )
      }
    >
      <Prose>
        <p>
          For the account <strong>{email}</strong>.
        </p>
      </Prose>
      <Form form={form} submission={submission}>
        <UsernameField email={email} />
        <NewPasswordFields />
        <Button busy={submission.busy}>Set the new password</Button>
      </Form>
    </Page>
  );
}

/** Sent, and no answer: nobody can say whether it was done, so neither do we. */
function explain(failure: CallFailure): Problem[] | null {
  if (failure.reason !== "UNREACHABLE") return null;
  return [
    {
      message:
        "The connection was lost before the answer came, so your password may have changed already. Try to sign in with the new one, or send it again.",
      link: { to: paths.signIn, text: "Sign in" },
    },
  ];
}
