import { paths } from "@rekey/contract/paths";
import { useWatch } from "react-hook-form";
import { Link } from "react-router-dom";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Page } from "../../components/page.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { Aside } from "../../components/prose.tsx";
import { EmailField } from "../../components/text-field.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { type NavigationState, useNavigationState } from "../../lib/navigation-state.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useInputs } from "../../lib/use-inputs.ts";
import { useSchemaForm } from "../../lib/use-schema-form.ts";
import { useSubmission } from "../../lib/use-submission.ts";
import { FlashNotice } from "../session/flash-notice.tsx";
import { SignedOutOnly } from "../session/signed-out-only.tsx";
import { useSignedIn } from "../session/use-account.ts";

export function SignInPage() {
  const { returnTo } = useNavigationState();
  return (
    <SignedOutOnly otherwise={returnTo ?? paths.home}>
      <SignInForm />
    </SignedOutOnly>
  );
}

function SignInForm() {
  const t = useTranslate();
  const { flash, email = "" } = useNavigationState();
  const { signIn } = useInputs();
  const trpc = useTRPCClient();
  const signedIn = useSignedIn();
  const form = useSchemaForm(signIn, { email, password: "" });
  const submission = useSubmission(form, async (values) => {
    const { account } = await trpc.signIn.mutate(values);
    // SignedOutOnly takes it from here, to wherever they were going.
    await signedIn(account);
  });
  const typed = useWatch({ control: form.control, name: "email" });
  const carry: NavigationState = typed ? { email: typed } : {};

  return (
    <Page title={t("signIn.title")} notice={flash && <FlashNotice flash={flash} />}>
      <Form form={form} submission={submission} failure={t("signIn.failed")}>
        <EmailField />
        <PasswordField
          name="password"
          label={t("field.password")}
          autoComplete="current-password"
          link={
            <Link to={paths.forgotPassword} state={carry}>
              {t("signIn.forgot")}
            </Link>
          }
        />
        <Button busy={submission.busy}>{t("common.signIn")}</Button>
      </Form>
      <Aside>
        {t.rich("signIn.new", {
          link: (text) => (
            <Link to={paths.signUp} state={carry}>
              {text}
            </Link>
          ),
        })}
      </Aside>
    </Page>
  );
}
