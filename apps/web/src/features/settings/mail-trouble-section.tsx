import type { MailTrouble } from "@rekey/contract/mail-trouble";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { ErrorSummary } from "../../components/error-summary.tsx";
import { Prose } from "../../components/prose.tsx";
import { Section } from "../../components/section.tsx";
import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { MessageKey } from "../../lib/i18n/message.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { useCall } from "../../lib/use-call.ts";

const texts: Record<MailTrouble["kind"], MessageKey> = {
  bounced: "mailTrouble.bounced",
  complained: "mailTrouble.complained",
  full: "mailTrouble.full",
};

/** That email to the account's address fails, and a way to have it tried again; nothing while all is well. */
export function MailTroubleSection() {
  const t = useTranslate();
  const trpc = useTRPCClient();
  const query = useQuery({
    queryKey: ["mailTrouble"],
    queryFn: () => trpc.mailTrouble.query(),
    staleTime: 0,
  });
  const [resumed, setResumed] = useState(false);
  const { run, busy, problems } = useCall(async () => {
    await trpc.resumeMail.mutate();
    setResumed(true);
  });
  const trouble = query.data?.trouble;
  if (!trouble) return null;
  return (
    <Section title={t("mailTrouble.title")}>
      <ErrorSummary problems={problems} />
      <p role="status" className={resumed ? undefined : "visually-hidden"}>
        {resumed && t("mailTrouble.resumed")}
      </p>
      {!resumed && (
        <>
          <Prose>
            <p>{t(texts[trouble.kind])}</p>
          </Prose>
          <Button type="button" variant="secondary" busy={busy} onClick={() => void run(undefined)}>
            {t("mailTrouble.resume")}
          </Button>
        </>
      )}
    </Section>
  );
}
