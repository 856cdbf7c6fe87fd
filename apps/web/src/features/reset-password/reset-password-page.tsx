import { FailedPage } from "../../components/failed-page.tsx";
import { Loading } from "../../components/loading.tsx";
import { tokenReason } from "../../lib/call-failure.ts";
import { useFragmentToken } from "../../lib/fragment-token-context.tsx";
import { PasteLink } from "./paste-link.tsx";
import { RefusedLink } from "./refused-link.tsx";
import { ResetForm } from "./reset-form.tsx";
import { useResetLink } from "./use-reset-link.ts";

export function ResetPasswordPage() {
  const token = useFragmentToken();
  return token === null ? <PasteLink /> : <ResetLink key={token} token={token} />;
}

function ResetLink({ token }: { token: string }) {
  const link = useResetLink(token);
  if (link.isPending) return <Loading />;
  if (link.isSuccess) return <ResetForm token={token} email={link.data.email} />;
  const reason = tokenReason(link.error);
  if (reason !== null) return <RefusedLink reason={reason} />;
  return (
    <FailedPage error={link.error} busy={link.isFetching} onRetry={() => void link.refetch()} />
  );
}
