import { maskMailbox } from "@rekey/contract/email";
import { paths } from "@rekey/contract/paths";
import type { TokenReason } from "@rekey/contract/reasons";
import { refused } from "../answers.ts";
import { ada, EMAIL, PASSWORD } from "../people.ts";
import type { Step, Stories, Story } from "../story.ts";

const opened = { path: paths.verifyEmail, token: "a-token" };
const passwordRequired = refused({ reason: "PASSWORD_REQUIRED", email: maskMailbox(EMAIL) });
const confirm: Step[] = [{ press: "verify.submit" }];

function refusedLink(reason: TokenReason, title: Story["shows"][number]): Story {
  const answers = { verifyEmail: refused({ reason }) };
  return { ...opened, answers, steps: confirm, shows: [title] };
}

export const verifyEmail = {
  ask: { ...opened, shows: ["verify.title", "verify.submit"] },
  busy: {
    ...opened,
    answers: { verifyEmail: "never" },
    steps: confirm,
    shows: ["verify.title", "common.wait"],
  },
  confirmed: {
    ...opened,
    answers: { verifyEmail: { account: ada }, me: [{ account: null }, { account: ada }] },
    steps: confirm,
    shows: ["flash.addressConfirmed"],
  },
  "choose-password": {
    ...opened,
    answers: { verifyEmail: passwordRequired },
    steps: confirm,
    shows: ["verify.choosePassword", { text: maskMailbox(EMAIL) }, "field.confirmation"],
  },
  "password-too-common": {
    ...opened,
    answers: {
      verifyEmail: [passwordRequired, refused({ reason: "PASSWORD_TOO_COMMON" })],
    },
    steps: [
      ...confirm,
      { fill: "field.newPassword", with: PASSWORD },
      { fill: "field.confirmation", with: PASSWORD },
      ...confirm,
    ],
    shows: ["wrong.passwordTooCommon"],
  },
  "signed-in-as-somebody-else": {
    ...opened,
    answers: { me: { account: ada } },
    shows: ["verify.switch", { text: EMAIL }],
  },
  expired: refusedLink("TOKEN_EXPIRED", "link.expiredTitle"),
  used: refusedLink("TOKEN_USED", "verify.usedTitle"),
  invalid: refusedLink("TOKEN_INVALID", "link.invalidTitle"),
  missing: { path: paths.verifyEmail, shows: ["link.missingTitle"] },
  unreachable: {
    ...opened,
    answers: { verifyEmail: "unreachable" },
    steps: confirm,
    shows: ["refused.unreachable"],
  },
} satisfies Stories;
