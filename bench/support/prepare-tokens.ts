import { timed } from "../load/pace.ts";
import { ask, type Client } from "./client.ts";
import { type AccountsInTurn, address } from "./people.ts";
import { type Recorder, tokenIn } from "./recorder.ts";

/** Reset links for so many accounts, asked for and read out of the mails. */
export async function prepareTokens(
  client: Client,
  recorder: Recorder,
  turn: AccountsInTurn,
  count: number,
): Promise<string[]> {
  const tokens: string[] = [];
  await timed({ concurrency: 16, count }, async () => {
    const email = address(turn.take(1));
    const mail = recorder.next(email);
    await ask(client, "requestReset", { email });
    tokens.push(await tokenIn(await mail));
  });
  return tokens;
}
