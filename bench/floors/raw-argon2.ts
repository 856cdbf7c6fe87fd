import { hash } from "@node-rs/argon2";
import { type Pace, timed } from "../load/pace.ts";
import { argon2Parameters } from "../support/password-hash.ts";
import { serveCommands } from "../support/serve-commands.ts";

/** Argon2id with Rekey's parameters, and nothing else. */
serveCommands((pace: Pace) =>
  timed(pace, async (index) => {
    await hash(`Quiet+Lantern+over+${index}+hills`, argon2Parameters);
  }),
);
