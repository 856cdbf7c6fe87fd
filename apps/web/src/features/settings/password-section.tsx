import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Section } from "../../components/section.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import { ChangePasswordForm } from "./change-password-form.tsx";

interface PasswordSectionProps {
  email: string;
  onChanged: () => void;
}

/** The form for a new password, closed until somebody wants it. */
export function PasswordSection(props: PasswordSectionProps) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  return (
    <Section title={t("settings.changePassword")}>
      {open ? (
        <ChangePasswordForm {...props} />
      ) : (
        <Button type="button" variant="secondary" onClick={() => setOpen(true)}>
          {t("settings.submit")}
        </Button>
      )}
    </Section>
  );
}
