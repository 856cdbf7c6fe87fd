import { defaultPageConfig } from "@rekey/contract/page-config";
import { toPalette } from "@rekey/contract/palette";
import { paths } from "@rekey/contract/paths";
import { ada, signedIn } from "../people.ts";
import type { Stories, Story } from "../story.ts";

const LONG =
  "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine Adolph Charles David Earl Frederick";
const ADDRESS = `${"a-very-long-address-".repeat(3)}of.somebody@${"subdomain.".repeat(8)}example.com`;
const { brand } = defaultPageConfig;

function homeOf(who: Partial<typeof ada>, text: string): Story {
  const answers = { ...signedIn, me: { account: { ...ada, ...who } } };
  return { path: paths.home, answers, shows: [{ text }] };
}

/** The colours of the example in docs/guides/branding.md. */
const acme = {
  light: toPalette("light", { page: "#f6f3f8" }, "#7a1fa2"),
  dark: toPalette("dark", { accent: "#c792e0", onAccent: "#24082f", link: "#d3a6e8" }, undefined),
};

/** What stands around every page or in place of one, and what people write that strains it. */
export const shell = {
  "not-found": { path: "/no/such/page", shows: ["notFound.title"] },
  crash: {
    path: paths.home,
    answers: { me: "malformed" },
    breaks: true,
    shows: ["broken.title", "broken.reload"],
  },
  offline: { path: paths.signUp, offline: true, shows: ["common.createAccount", "common.offline"] },
  "long-name": homeOf({ name: LONG }, LONG),
  "name-from-right-to-left": homeOf({ name: "عبد الرحمن بن خالد" }, "عبد الرحمن بن خالد"),
  "long-address": homeOf({ email: ADDRESS }, ADDRESS),
  brand: {
    path: paths.signIn,
    colours: acme,
    config: {
      brand: {
        ...brand,
        name: "Acme",
        logo: {
          url: new URL("../../../../docs/guides/brand.example.svg", import.meta.url).href,
          width: 32,
          height: 32,
          hasName: false,
        },
        supportAddress: "help@acme.example",
        footer: "Acme GmbH, Example Street 1, 10115 Berlin",
      },
    },
    shows: ["signIn.title", { text: "Acme GmbH" }, { text: "help@acme.example" }],
  },
  "brand-with-support-page": {
    path: paths.forgotPassword,
    colours: acme,
    config: { brand: { ...brand, name: "Acme", supportUrl: "https://acme.example/help" } },
    shows: ["forgot.title", { text: "Acme" }],
  },
} satisfies Stories;
