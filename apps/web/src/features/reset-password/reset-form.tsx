import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { useState } from "react";
import { useNavigate } from "react-router-dom";
import * as z from "zod/mini";
import { address } from "../../components/address.tsx";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Notice } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { Prose } from "../../components/prose.tsx";
import { askedAddress, forgetAskedAddress } from "../../lib/asked-address.ts";
import { type CallFailure, tokenReason } from "../../lib/call-failure.ts";
import type { Problem } from "../../lib/explain-refusal.ts";
import { useForgetToken } from "../../lib/fragment-token-context.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { NavigationState } from "../../lib/navigation-state.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useInputs } from "../../lib/use-inputs.ts";
import { useSchemaForm } from "../../lib/use-schema-form.ts";
import { type SignInLink, useSignInLink } from "../../lib/use-sign-in-link.ts";
import { useSubmission } from "../../lib/use-submission.ts";
import { confirmed } from "../new-password/confirmed.ts";
import { NewPasswordFields } from "../new-password/new-password-fields.tsx";
import { UsernameField } from "../new-password/username-field.tsx";
import { useAccount, useSetAccount } from "../session/use-account.ts";
import { RefusedLink } from "./refused-link.tsx";
import { ResetDone } from "./reset-done.tsx";

interface ResetFormProps {
  token: string;
  /** Masked: what the holder of the link may see. */
  email: string;
}

export function ResetForm({ token, email }: ResetFormProps) {
  const t = useTranslate();
  const [asked] = useState(() => askedAddress(email));
  const { resetPassword } = useInputs();
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const session = useAccount();
  const account = session.data;
  const setAccount = useSetAccount();
  const forgetToken = useForgetToken();
  const signInLink = useSignInLink();
  const [refused, setRefused] = useState<TokenReason | null>(null);
  const [done, setDone] = useState(false);
  const { password } = resetPassword.shape;
  const schema = z.object({ password, confirmation: z.string() }).check(confirmed);
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
      forgetAskedAddress();
      forgetToken();
      // Every session of that account has ended. Whether that includes this browser's, only the
      // server can say.
      const now = account ? await session.refetch() : null;
      const other = now?.isSuccess === true && now.data !== null;
      if (!other) setAccount(null);
      if (!other && signInLink.reloadDocument) return setDone(true);
      const state: NavigationState = {
        flash: { kind: other ? "otherPasswordReset" : "passwordReset" },
        ...(asked !== null && { email: asked }),
      };
      await navigate(other ? paths.home : paths.signIn, { state, replace: true });
    },
    (failure) => explain(failure, signInLink),
  );

  if (done) return <ResetDone />;
  if (refused !== null) return <RefusedLink reason={refused} />;
  return (
    <Page
      title={t("reset.title")}
      notice={
        account && (
          <Notice tone="info">
            <p>{t.rich("reset.signedInAs", { address }, { email: account.email })}</p>
          </Notice>
        )
      }
    >
      <Prose>
        <p>{t.rich("common.forAccount", { address }, { email })}</p>
      </Prose>
      <Form form={form} submission={submission}>
        {asked !== null && <UsernameField email={asked} />}
        <NewPasswordFields about={[email]} />
        <Button busy={submission.busy}>{t("reset.submit")}</Button>
      </Form>
    </Page>
  );
}

/** Sent, and no answer: nobody can say whether it was done, so neither do we. */
function explain(failure: CallFailure, signInLink: SignInLink): Problem[] | null {
  if (failure.reason !== "UNREACHABLE") return null;
  return [
    {
      message: { key: "reset.unanswered" },
      link: { ...signInLink, text: "common.signIn" },
    },
  ];
}
