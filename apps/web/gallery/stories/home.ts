import { paths } from "@rekey/contract/paths";
import { refused } from "../answers.ts";
import { ada, EMAIL, signedIn } from "../people.ts";
import type { Stories } from "../story.ts";

const path = paths.home;

export const home = {
  "signed-out": { path, shows: [{ key: "home.welcome", values: { brand: "Rekey" } }] },
  "signed-in": {
    path,
    answers: signedIn,
    shows: [{ key: "home.hello", values: { name: ada.name } }, { text: EMAIL }],
  },
  "recovery-only": { path, config: { accounts: false }, shows: ["forgot.title", "forgot.submit"] },
  "just-signed-out": {
    path,
    state: { flash: { kind: "signedOut" } },
    shows: ["flash.signedOut"],
  },
  "address-confirmed": {
    path,
    answers: signedIn,
    state: { flash: { kind: "addressConfirmed" } },
    shows: ["flash.addressConfirmed"],
  },
  "other-password-reset": {
    path,
    answers: signedIn,
    state: { flash: { kind: "otherPasswordReset" } },
    shows: ["flash.otherPasswordReset"],
  },
  "signing-out-fails": {
    path,
    answers: { ...signedIn, signOut: refused({ reason: "INTERNAL", requestId: "7f3c1e90" }) },
    steps: [{ press: "home.signOut" }],
    shows: [{ key: "refused.fault", values: { requestId: "7f3c1e90" } }],
  },
  loading: { path, answers: { me: "never" }, waiting: true, shows: ["common.loading"] },
  "loading-slowly": {
    path,
    answers: { me: "never" },
    waiting: true,
    waited: 5,
    shows: ["common.slow"],
  },
  unreachable: {
    path,
    answers: { me: "unreachable" },
    shows: ["common.failed", "common.tryAgain"],
  },
} satisfies Stories;
