import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { ButtonLink } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { Actions, Prose } from "../../components/prose.tsx";
import { inWords } from "../../lib/in-words.ts";
import { usePageConfig } from "../../lib/page-config.ts";

/** Why a link does not work, honestly, and the way to one that does. */
export function RefusedLink({ reason }: { reason: TokenReason | null }) {
  const { resetTokenTtl } = usePageConfig();
  const { title, text } = explain(reason, inWords(resetTokenTtl, "down"));
  return (
    <Page title={title} failed>
      <Prose>
        <p>{text}</p>
      </Prose>
      <Actions>
        <ButtonLink to={paths.forgotPassword}>Ask for a new link</ButtonLink>
        <ButtonLink to={paths.signIn} variant="secondary">
          Sign in
        </ButtonLink>
      </Actions>
    </Page>
  );
}

/** `reason` null: the page was opened without a link, or loaded again, which forgets the link. */
function explain(reason: TokenReason | null, life: string): { title: string; text: string } {
  switch (reason) {
    case null:
      return {
        title: "Open the link from your mail",
        text: "This page needs the link that we mailed to you, and forgets it when it is loaded again. Open the link once more: it still works if you have not used it.",
      };
    case "TOKEN_EXPIRED":
      return {
        title: "This link has expired",
        text: `For your safety a link works for ${life} only. Ask for a new one; it takes a moment.`,
      };
    case "TOKEN_REPLACED":
      return {
        title: "There is a newer link",
        text: "Another mail was sent after this one, and only the newest link works. Look for it in your mailbox, or ask for a new one.",
      };
    case "TOKEN_USED":
      return {
        title: "This link has been used",
        text: "A link works once. If it was you, sign in with your new password. It also ends when it is cancelled, or when the password or the address of the account changes.",
      };
    case "TOKEN_INVALID":
      return {
        title: "This link does not work",
        text: "A part of it may be missing. Copy the whole link from the mail, or ask for a new one.",
      };
  }
}
