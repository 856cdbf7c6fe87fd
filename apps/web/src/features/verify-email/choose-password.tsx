import type { ReactNode } from "react";
import * as z from "zod/mini";
import { address } from "../../components/address.tsx";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Page } from "../../components/page.tsx";
import { Prose } from "../../components/prose.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { useInputs } from "../../lib/use-inputs.ts";
import { useSchemaForm } from "../../lib/use-schema-form.ts";
import { useSubmission } from "../../lib/use-submission.ts";
import { confirmed } from "../new-password/confirmed.ts";
import { NewPasswordFields } from "../new-password/new-password-fields.tsx";

interface ChoosePasswordProps {
  /** Masked. */
  email: string;
  notice: ReactNode;
  /** On the button. */
  verb: string;
  onChosen: (password: string) => Promise<void>;
}

/** Asks for the account's password in a browser that did not sign up. */
export function ChoosePassword({ email, notice, verb, onChosen }: ChoosePasswordProps) {
  const t = useTranslate();
  const { password } = useInputs().signUp.shape;
  const schema = z.object({ password, confirmation: z.string() }).check(confirmed);
  const form = useSchemaForm(schema, { password: "", confirmation: "" }, "onTouched");
  const submission = useSubmission(form, ({ password }) => onChosen(password));

  return (
    <Page title={t("verify.title")} state="choosing" notice={notice}>
      <Prose>
        <p>{t.rich("common.forAccount", { address }, { email })}</p>
        <p>{t("verify.choosePassword")}</p>
      </Prose>
      <Form form={form} submission={submission}>
        <NewPasswordFields about={[email]} />
        <Button busy={submission.busy}>{verb}</Button>
      </Form>
    </Page>
  );
}
