import { simpleParser } from "mailparser";
import type { SendCommand } from "../floors/raw-nodemailer.ts";
import { requestResets, startLoad } from "./load.ts";
import { accountsInTurn, address } from "./people.ts";
import { startRecorder } from "./recorder.ts";
import type { Site } from "./site.ts";

/** A reset mail as Rekey renders it, caught on its way, to be sent by something else. */
export async function sampleMail(
  stack: AsyncDisposableStack,
  site: Site,
): Promise<SendCommand["mail"]> {
  const recorder = await startRecorder(stack);
  const load = await startLoad(stack);
  const rekey = await site.start("all", { MAIL_PORT: String(recorder.port) });
  const arrival = recorder.next(address(0));
  await requestResets(load, rekey.url, accountsInTurn(1), { concurrency: 1, count: 1 });
  const parsed = await simpleParser((await arrival).raw);
  await rekey.end();
  await load.end();
  const { subject = "", text = "", html } = parsed;
  return { from: parsed.from?.text ?? "", subject, text, html: html || "" };
}
