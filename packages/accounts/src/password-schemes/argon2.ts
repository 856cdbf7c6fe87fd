import { parseOptions, verify } from "@node-rs/argon2";
import { type HashReading, refused } from "./reading.ts";

/** The most that one sign-in may take: 256 MiB, and 1 GiB over all passes, in KiB. */
const MAX_MEMORY = 256 * 1024;
const MAX_WORK = 1024 * 1024;
const MAX_LANES = 16;

/** `$argon2id$v=19$m=…,t=…,p=…$salt$digest` (PHC), i and d too; Django's `argon2$argon2id$…`. */
export function readArgon2(text: string): HashReading | null {
  const phc = text.startsWith("argon2$") ? text.slice("argon2".length) : text;
  if (!phc.startsWith("$argon2")) return null;
  let costs: ReturnType<typeof parseOptions>;
  try {
    costs = parseOptions(phc);
  } catch {
    return refused("not a whole Argon2 hash");
  }
  const { memoryCost, timeCost, parallelism, outputLen } = costs;
  if (outputLen < 16) return refused("not a whole Argon2 hash");
  if (
    memoryCost > MAX_MEMORY ||
    memoryCost * timeCost > MAX_WORK ||
    timeCost > 100 ||
    parallelism > MAX_LANES
  ) {
    return refused(
      "an Argon2 hash too costly to verify at each sign-in " +
        "(at most 256 MiB, 1 GiB over all passes, 100 passes, 16 lanes)",
    );
  }
  return { status: "readable", matches: (password) => verify(phc, password) };
}
