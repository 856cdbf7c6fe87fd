import { Notice } from "../../components/notice.tsx";
import type { Flash } from "../../lib/navigation-state.ts";
import { ResetRequestedNotice } from "../forgot-password/reset-requested-notice.tsx";

/** The news that the page before left for this one. */
export function FlashNotice({ flash }: { flash: Flash | undefined }) {
  switch (flash?.kind) {
    case undefined:
      return null;
    case "resetRequested":
      return <ResetRequestedNotice email={flash.email} sentAt={flash.sentAt} />;
    case "passwordReset":
      return (
        <Notice tone="success" title="Your password has been reset">
          <p>Sign in with the new one. You are signed out everywhere else.</p>
        </Notice>
      );
    case "otherPasswordReset":
      return (
        <Notice tone="success" title="The password has been reset">
          <p>It was for another account than this one. Sign out here to use it.</p>
        </Notice>
      );
    case "addressConfirmed":
      return (
        <Notice tone="success" title="Your address is confirmed">
          <p>Your account is ready, and you are signed in.</p>
        </Notice>
      );
    case "signInFirst":
      return (
        <Notice tone="info">
          <p>Sign in first, then you can go on.</p>
        </Notice>
      );
    case "signedOut":
      return (
        <Notice tone="success">
          <p>You are signed out.</p>
        </Notice>
      );
  }
}
