import type { ActivityEvent } from "@rekey/contract/activity";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Entries, Entry } from "../../components/entries.tsx";
import { Prose } from "../../components/prose.tsx";
import { Section } from "../../components/section.tsx";
import { useLanguage } from "../../lib/i18n/language-context.tsx";
import type { MessageKey } from "../../lib/i18n/message.ts";
import { timeAgo } from "../../lib/time-ago.ts";
import { useTRPCClient } from "../../lib/trpc.ts";
import { PartOfPage } from "./part-of-page.tsx";
import { deviceName, WhenAndWhere } from "./where.tsx";

/** How many events are shown before somebody asks for more. */
const FEW = 5;

/** What happened to the account lately, in plain words. */
export function ActivitySection() {
  const { t } = useLanguage();
  const trpc = useTRPCClient();
  const query = useQuery({
    queryKey: ["activity"],
    queryFn: () => trpc.activity.query(),
    staleTime: 0,
  });
  const [all, setAll] = useState(false);
  return (
    <Section title={t("activity.title")}>
      <Prose>
        <p>{t("activity.text")}</p>
      </Prose>
      <PartOfPage query={query}>
        {({ events }) => (
          <>
            <Entries>
              {(all ? events : events.slice(0, FEW)).map((event) => (
                <ActivityEntry key={event.id} event={event} />
              ))}
            </Entries>
            {!all && events.length > FEW && (
              <Button type="button" variant="secondary" onClick={() => setAll(true)}>
                {t("activity.more")}
              </Button>
            )}
          </>
        )}
      </PartOfPage>
    </Section>
  );
}

function ActivityEntry({ event }: { event: ActivityEvent }) {
  const { locale, t } = useLanguage();
  const { at, network, count } = event;
  const ago = timeAgo(at, new Date(), locale);
  const often = count > 1 ? [t("activity.times", { count })] : [];
  const where = [ago, ...often, deviceName(event, t)].join(" · ");
  return (
    <Entry title={t(inWords(event))} details={<WhenAndWhere at={where} network={network} />} />
  );
}

function inWords({ action, outcome }: ActivityEvent): MessageKey {
  const done = outcome === "success";
  switch (action) {
    case "sign_up.confirmed":
      return "activity.signUp";
    case "sign_in":
      return done ? "activity.signIn" : "activity.signInRefused";
    case "sign_out":
      return "activity.signOut";
    case "session.ended":
      return "activity.sessionEnded";
    case "sessions.ended":
      return "activity.sessionsEnded";
    case "reset.requested":
      return done ? "activity.resetRequested" : "activity.resetNotMailed";
    case "reset.done":
      return "activity.resetDone";
    case "reset.cancelled":
      return "activity.resetCancelled";
    case "password.changed":
      return done ? "activity.passwordChanged" : "activity.passwordChangeRefused";
    case "account.secured":
      return "activity.secured";
    case "language.set":
      return "activity.languageSet";
  }
}
