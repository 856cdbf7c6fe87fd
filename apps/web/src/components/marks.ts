import { CheckIcon, ClockIcon, LinkIcon, MailIcon, ShieldIcon } from "./icons.tsx";
import type { Mark } from "./tile.tsx";

/** The icon and tone of each kind of outcome. */
export const marks = {
  sent: { tone: "calm", icon: MailIcon },
  done: { tone: "safe", icon: CheckIcon },
  late: { tone: "warn", icon: ClockIcon },
  brokenLink: { tone: "warn", icon: LinkIcon },
  cancel: { tone: "warn", icon: ShieldIcon },
  act: { tone: "act", icon: ShieldIcon },
} as const satisfies Record<string, Mark>;
