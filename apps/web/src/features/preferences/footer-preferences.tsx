import { paths } from "@rekey/contract/paths";
import { useLocation } from "react-router-dom";
import { Preferences } from "./preferences.tsx";

/** Under every page but the settings, which have them in their midst. */
export function FooterPreferences() {
  return useLocation().pathname === paths.settings ? null : <Preferences quiet />;
}
