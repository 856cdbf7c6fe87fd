import { readConfig } from "../config.ts";
import { readEnv } from "../env.ts";
import {
  loadSigningKeys,
  newSigningKey,
  saveSigningKeys,
  signingKeyFile,
} from "../signing-keys.ts";
import { fail, print } from "./print.ts";

export interface KeysNewOptions {
  write: boolean;
  dropOld: boolean;
}

const HOW = `
To rotate, without a link that dies before its time, each step a restart of all processes:
  1. SECRET_KEY=OLD,NEW  all learn the new key (one process alone can begin with 2)
  2. SECRET_KEY=NEW,OLD  the first signs, all verify
  3. SECRET_KEY=NEW      a day later, when the last link of the old key is over
A key that leaked is replaced at once by SECRET_KEY=NEW; the links that are out die with it.`;

/** `rekey keys:new`: prints a key, or puts it into the file of the generated ones. */
export function keysNew({ write, dropOld }: KeysNewOptions): void {
  if (!write && !dropOld) {
    print(`${newSigningKey()}\n${HOW}`);
    return;
  }
  const { config, secrets } = readConfig(readEnv());
  if (secrets.signingKeys !== null) {
    fail("✗ SECRET_KEY is set, so the key is yours to change: run it without --write.");
    return;
  }
  const present = loadSigningKeys(null, config.dataDir);
  const keys = dropOld ? present.slice(0, 1) : [newSigningKey(), ...present];
  saveSigningKeys(keys, config.dataDir);
  const file = signingKeyFile(config.dataDir);
  print(
    dropOld
      ? `✓ ${file} holds the newest key alone. Restart Rekey: links of older ones are dead then.`
      : `✓ ${file} holds a new key in front of ${present.length} older. Restart Rekey; a day later run it with --drop-old.`,
  );
}
