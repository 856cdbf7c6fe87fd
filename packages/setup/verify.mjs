// Every check, one after the other.
import * as checks from "./checks.mjs";
import { ensureProgram } from "./debian.mjs";
import { ensureBuilt } from "./toolchain.mjs";

ensureBuilt();
checks.types();
checks.lint();
checks.licences();
checks.vulnerabilities();
checks.explainPostgres();
ensureProgram("spamassassin", "SpamAssassin");
checks.vitest("unit and integration", ["unit", "integration"]);
checks.vitest("faults, short form (FAULTS=full npx pnpm test:faults is the long one)", ["faults"]);
checks.browsers();
ensureProgram("firefox-esr", "Firefox");
ensureProgram("WebKitWebDriver", "WebKit", "webkit2gtk-driver");
ensureProgram("Xvfb", "a display for WebKit", "xvfb");
checks.vitest("the flow in Firefox and WebKit", ["engines"]);
checks.conclude();
