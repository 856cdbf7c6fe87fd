import { paths } from "@rekey/contract/paths";
import { ButtonLink } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { Prose } from "../../components/prose.tsx";

export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <Prose>
        <p>The address may be mistyped, or the page may have moved.</p>
      </Prose>
      <ButtonLink to={paths.home}>Go to the start</ButtonLink>
    </Page>
  );
}
