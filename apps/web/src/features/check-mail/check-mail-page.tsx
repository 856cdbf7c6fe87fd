import { paths } from "@rekey/contract/paths";
import { Navigate } from "react-router-dom";
import { useNavigationState } from "../../lib/navigation-state.ts";
import { SignedOutOnly } from "../session/signed-out-only.tsx";
import { ResetMail } from "./reset-mail.tsx";
import { SignUpMail } from "./sign-up-mail.tsx";

/** Where somebody waits for a mail. What was sent to whom is kept in the history entry, so a reload changes nothing. */
export function CheckMailPage() {
  const { sent } = useNavigationState();
  if (sent === undefined) return <Navigate to={paths.forgotPassword} replace />;
  return (
    <SignedOutOnly>
      {sent.kind === "reset" ? <ResetMail {...sent} /> : <SignUpMail {...sent} />}
    </SignedOutOnly>
  );
}
