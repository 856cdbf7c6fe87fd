// What answers in a minute: types, lint and unit tests.
import * as checks from "./checks.mjs";
import { ensureReady } from "./toolchain.mjs";

ensureReady();
checks.types();
checks.lint();
checks.vitest("unit", ["unit"]);
checks.conclude();
