import { hash } from "@node-rs/argon2";
import { PASSWORD } from "./people.ts";

/** Argon2id as Rekey does it by default: 19 MiB, 2 passes, 1 lane. */
export const argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** How a hash with these parameters begins (PHC string format). */
export const argon2Prefix = "$argon2id$v=19$m=19456,t=2,p=1$";

export const hashOfPassword = () => hash(PASSWORD, argon2Parameters);
