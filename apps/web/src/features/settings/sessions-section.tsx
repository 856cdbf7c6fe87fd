import type { SessionView } from "@rekey/contract/session";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Entries, Entry } from "../../components/entries.tsx";
import { ErrorSummary } from "../../components/error-summary.tsx";
import { Section } from "../../components/section.tsx";
import { useLanguage } from "../../lib/i18n/language-context.tsx";
import type { MessageKey } from "../../lib/i18n/message.ts";
import { timeAgo } from "../../lib/time-ago.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { type Busy, useCall } from "../../lib/use-call.ts";
import { PartOfPage } from "./part-of-page.tsx";
import { deviceName, WhenAndWhere } from "./where.tsx";

/** Where the account is signed in, with ways to end each session and all others. */
export function SessionsSection() {
  const { t } = useLanguage();
  const trpc = useTRPCClient();
  const query = useQuery({
    queryKey: ["sessions"],
    queryFn: () => trpc.sessions.query(),
    staleTime: 0,
  });
  const [news, setNews] = useState<MessageKey | null>(null);
  const { run, busy, problems } = useCall(async (id: string | null) => {
    if (id === null) await trpc.endOtherSessions.mutate();
    else await trpc.endSession.mutate({ id });
    await query.refetch();
    setNews(id === null ? "sessions.endedOthers" : "sessions.ended");
  });

  return (
    <Section title={t("sessions.title")}>
      <ErrorSummary problems={problems} />
      <p role="status" className={news ? undefined : "visually-hidden"}>
        {news && t(news)}
      </p>
      <PartOfPage query={query}>
        {({ sessions }) => (
          <>
            <Entries>
              {sessions.map((session) => (
                <SessionEntry
                  key={session.id}
                  session={session}
                  busy={busy}
                  onEnd={() => void run(session.id)}
                />
              ))}
            </Entries>
            {sessions.length > 1 && (
              <Button type="button" variant="secondary" busy={busy} onClick={() => void run(null)}>
                {t("sessions.endOthers")}
              </Button>
            )}
          </>
        )}
      </PartOfPage>
    </Section>
  );
}

interface SessionEntryProps {
  session: SessionView;
  busy: Busy;
  onEnd: () => void;
}

function SessionEntry({ session, busy, onEnd }: SessionEntryProps) {
  const { locale, t } = useLanguage();
  const { current, network, lastSeenAt } = session;
  const device = deviceName(session, t);
  const ago = timeAgo(lastSeenAt, new Date(), locale);
  return (
    <Entry
      title={device}
      mark={current ? t("sessions.current") : undefined}
      details={<WhenAndWhere at={t("sessions.seen", { ago })} network={network} />}
      action={
        current ? null : (
          <Button
            type="button"
            variant="secondary"
            unavailable={busy !== false}
            aria-label={t("sessions.endDevice", { device })}
            onClick={onEnd}
          >
            {t("sessions.end")}
          </Button>
        )
      }
    />
  );
}
