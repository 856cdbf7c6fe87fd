import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Addresses to come from. On loopback every 127.x.y.z is this machine, so each check can come from a
 * network of its own and no limit of one stands in the way of another. Elsewhere, and where the
 * system has 127.0.0.1 alone, there is one network: null, whatever address this machine has.
 */
export interface Networks {
  /** Whether `fresh` gives another one each time. */
  many: boolean;
  fresh(): string | null;
}

export async function openNetworks(loopback: boolean): Promise<Networks> {
  const many = loopback && (await canBind(randomLoopback()));
  return { many, fresh: () => (many ? randomLoopback() : null) };
}

/** Never 127.0.0.1 itself, which Rekey grants more than others. */
function randomLoopback(): string {
  return `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
}

function canBind(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(0, address, () => probe.close(() => resolve(true)));
  });
}
