import { paths } from "@rekey/contract/paths";
import { Link, useNavigate } from "react-router-dom";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Page } from "../../components/page.tsx";
import { Aside } from "../../components/prose.tsx";
import { EmailField, TextField } from "../../components/text-field.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { type NavigationState, useNavigationState } from "../../lib/navigation-state.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useInputs } from "../../lib/use-inputs.ts";
import { useSchemaForm } from "../../lib/use-schema-form.ts";
import { useSubmission } from "../../lib/use-submission.ts";
import { NewPasswordField } from "../new-password/new-password-field.tsx";
import { SignedOutOnly } from "../session/signed-out-only.tsx";

export function SignUpPage() {
  return (
    <SignedOutOnly>
      <SignUpForm />
    </SignedOutOnly>
  );
}

function SignUpForm() {
  const t = useTranslate();
  const { email = "" } = useNavigationState();
  const { signUp } = useInputs();
  const trpc = useTRPCClient();
  const navigate = useNavigate();
  const form = useSchemaForm(signUp, { name: "", email, password: "" });
  const submission = useSubmission(form, async (values) => {
    await trpc.signUp.mutate(values);
    const { email } = values;
    const state: NavigationState = { sent: { kind: "signUp", email, sentAt: Date.now() } };
    await navigate(paths.checkMail, { state });
  });

  return (
    <Page title={t("common.createAccount")}>
      <Form form={form} submission={submission}>
        <TextField name="name" label={t("field.name")} autoComplete="name" />
        <EmailField />
        <NewPasswordField label={t("field.password")} />
        <Button busy={submission.busy}>{t("signUp.submit")}</Button>
      </Form>
      <Aside>
        {t.rich("signUp.signIn", { link: (text) => <Link to={paths.signIn}>{text}</Link> })}
      </Aside>
    </Page>
  );
}
