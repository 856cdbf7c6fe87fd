import { Link } from "react-router-dom";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Page } from "../../components/page.tsx";
import { Aside, Prose } from "../../components/prose.tsx";
import { EmailField } from "../../components/text-field.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { useNavigationState } from "../../lib/navigation-state.ts";
import { usePageConfig } from "../../lib/page-config.ts";
import { useInputs } from "../../lib/use-inputs.ts";
import { useSchemaForm } from "../../lib/use-schema-form.ts";
import { useSignInLink } from "../../lib/use-sign-in-link.ts";
import { useSubmission } from "../../lib/use-submission.ts";
import { useRequestReset } from "../check-mail/use-request-reset.ts";
import { SignedOutOnly } from "../session/signed-out-only.tsx";

export function ForgotPasswordPage() {
  return (
    <SignedOutOnly>
      <RequestForm />
    </SignedOutOnly>
  );
}

function RequestForm() {
  const t = useTranslate();
  const { email = "" } = useNavigationState();
  const { requestReset } = useInputs();
  const { resetMethod: method } = usePageConfig();
  const form = useSchemaForm(requestReset, { email });
  const send = useRequestReset();
  const signInLink = useSignInLink();
  const submission = useSubmission(form, (values) => send(values.email));

  return (
    <Page title={t("forgot.title")}>
      <Prose>
        <p>{t("forgot.text", { method })}</p>
      </Prose>
      <Form form={form} submission={submission}>
        <EmailField />
        <Button busy={submission.busy}>{t("forgot.submit", { method })}</Button>
      </Form>
      <Aside>
        {t.rich("forgot.signIn", { link: (text) => <Link {...signInLink}>{text}</Link> })}
      </Aside>
    </Page>
  );
}
