import { checkMail } from "./stories/check-mail.ts";
import { forgotPassword } from "./stories/forgot-password.ts";
import { home } from "./stories/home.ts";
import { notMe } from "./stories/not-me.ts";
import { resetPassword } from "./stories/reset-password.ts";
import { secureAccount } from "./stories/secure-account.ts";
import { settings } from "./stories/settings.ts";
import { shell } from "./stories/shell.ts";
import { signIn } from "./stories/sign-in.ts";
import { signUp } from "./stories/sign-up.ts";
import { verifyEmail } from "./stories/verify-email.ts";
import type { Stories, Story } from "./story.ts";

/** Every page in every state, in the order in which somebody meets them. */
const pages: Readonly<Record<string, Stories>> = {
  home,
  "sign-up": signUp,
  "verify-email": verifyEmail,
  "sign-in": signIn,
  "forgot-password": forgotPassword,
  "check-mail": checkMail,
  "reset-password": resetPassword,
  "not-me": notMe,
  "secure-account": secureAccount,
  settings,
  shell,
};

/** All stories by page and by name, which is "page/state". */
export const storiesByPage: ReadonlyMap<string, ReadonlyMap<string, Story>> = new Map(
  Object.entries(pages).map(([page, states]) => [
    page,
    new Map(Object.entries(states).map(([state, story]) => [`${page}/${state}`, story])),
  ]),
);

export function findStory(name: string): Story | null {
  for (const stories of storiesByPage.values()) {
    const found = stories.get(name);
    if (found) return found;
  }
  return null;
}
