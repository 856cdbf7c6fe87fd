import type { ActivityEvent } from "@rekey/contract/activity";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Entries, Entry } from "../../components/entries.tsx";
import { Prose } from "../../components/prose.tsx";
import { Section } from "../../components/section.tsx";
import { timeAgo } from "../../lib/time-ago.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { PartOfPage } from "./part-of-page.tsx";
import { deviceName, WhenAndWhere } from "./where.tsx";

/** How many events are shown before somebody asks for more. */
const FEW = 5;

/** What happened to the account lately, in plain words. */
export function ActivitySection() {
  const query = useQuery(useTRPC().activity.queryOptions(undefined, { staleTime: 0 }));
  const [all, setAll] = useState(false);
  return (
    <Section title="Recent activity">
      <Prose>
        <p>If there is something here that you do not know, change your password.</p>
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
                Show more
              </Button>
            )}
          </>
        )}
      </PartOfPage>
    </Section>
  );
}

function ActivityEntry({ event }: { event: ActivityEvent }) {
  const { at, network } = event;
  const ago = timeAgo(at, new Date(), document.documentElement.lang);
  const where = `${ago} · ${deviceName(event)}`;
  return <Entry title={inWords(event)} details={<WhenAndWhere at={where} network={network} />} />;
}

function inWords({ action, outcome }: ActivityEvent): string {
  const done = outcome === "success";
  switch (action) {
    case "sign_up.confirmed":
      return "The account was created";
    case "sign_in":
      return done ? "Signed in" : "Sign-in refused: wrong password";
    case "sign_out":
      return "Signed out";
    case "session.ended":
      return "A device was signed out";
    case "sessions.ended":
      return "All other devices were signed out";
    case "reset.requested":
      return done
        ? "A password reset was asked for"
        : "A password reset was asked for, and no mail was sent: there were too many";
    case "reset.done":
      return "The password was reset by mail";
    case "reset.cancelled":
      return "A password reset was cancelled";
    case "password.changed":
      return done ? "The password was changed" : "Change of password refused: wrong password";
    case "account.secured":
      return "The password was taken away after “it wasn’t me”";
    case "language.set":
      return "The language was changed";
  }
}
