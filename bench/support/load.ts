import type { Shot, ShotResult } from "../load/http-load.ts";
import type { Pace } from "../load/pace.ts";
import { type Helper, startHelper } from "./helper.ts";
import type { AccountsInTurn } from "./people.ts";

export type Load = Helper<Shot, ShotResult>;

/** The load generator, a process of its own. */
export function startLoad(stack: AsyncDisposableStack): Promise<Load> {
  return startHelper<Shot, ShotResult>(stack, "load/http-load.ts");
}

/** Sends requests that must all succeed: a fast refusal would be a fine figure for nothing. */
export async function shoot(load: Load, shot: Shot): Promise<ShotResult> {
  const result = await load.run(shot);
  const refused = Object.entries(result.statuses).filter(([status]) => status !== "200");
  if (refused.length > 0) {
    throw new Error(`${shot.path} was refused: ${JSON.stringify(Object.fromEntries(refused))}`);
  }
  return result;
}

/** `requestReset` for one account after the other. */
export async function requestResets(
  load: Load,
  url: string,
  turn: AccountsInTurn,
  pace: Pace,
  more: Pick<Shot, "spreadNetworks"> = {},
): Promise<ShotResult> {
  const bodies = { firstAccount: turn.take(0), accounts: turn.accounts };
  const result = await shoot(load, { url, path: "/trpc/requestReset", pace, bodies, ...more });
  turn.take(result.count);
  return result;
}
