/** "Rekey <no-reply@example.com>" → "no-reply@example.com": what to look for in a mailbox. */
export function senderAddress(sender: string): string {
  return /<([^<>]+)>$/.exec(sender)?.[1] ?? sender;
}
