import { usePageConfig } from "../lib/page-config.ts";
import styles from "./footer.module.css";

/** Under every page: where to find help and who runs this, where the brand says so. */
export function Footer() {
  const { supportAddress, supportUrl, footer } = usePageConfig().brand;
  const help = supportAddress === null ? supportUrl : `mailto:${supportAddress}`;
  if (help === null && footer === null) return null;
  return (
    <footer className={styles.footer}>
      {help !== null && (
        <p>
          Need help? <a href={help}>{supportAddress ?? "Ask our support"}</a>
        </p>
      )}
      {footer !== null && <p>{footer}</p>}
    </footer>
  );
}
