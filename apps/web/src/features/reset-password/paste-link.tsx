import { paths } from "@rekey/contract/paths";
import { Link } from "react-router-dom";
import * as z from "zod/mini";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { marks } from "../../components/marks.ts";
import { Page } from "../../components/page.tsx";
import { Aside, Prose } from "../../components/prose.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useHoldToken } from "../../lib/fragment-token-context.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { tokenInText } from "../../lib/token-in.ts";
import { useSchemaForm } from "../../lib/use-schema-form.ts";
import { useSubmission } from "../../lib/use-submission.ts";

const schema = z.object({ link: z.string().check(z.refine((text) => tokenInText(text) !== null)) });

/** For a link that lost its token on the way, as some gateways drop what follows "#": takes it pasted. */
export function PasteLink() {
  const t = useTranslate();
  const hold = useHoldToken();
  const form = useSchemaForm(schema, { link: "" });
  const submission = useSubmission(form, async ({ link }) => {
    hold(paths.resetPassword, tokenInText(link) ?? "");
  });
  return (
    <Page title={t("link.missingTitle")} mark={marks.brokenLink}>
      <Prose>
        <p>{t("link.paste")}</p>
      </Prose>
      <Form form={form} submission={submission}>
        <TextField name="link" label={t("field.link")} dir="ltr" autoComplete="off" />
        <Button busy={submission.busy}>{t("checkMail.useCode")}</Button>
      </Form>
      <Aside>
        <Link to={paths.forgotPassword}>{t("common.askForLink")}</Link>
      </Aside>
    </Page>
  );
}
