import { createDirectory } from "@rekey/accounts/directory";
import { print } from "./print.ts";
import { withDatabase } from "./with-database.ts";

export interface AccountsListOptions {
  email?: string;
  disabled: boolean;
  limit: number;
  json: boolean;
}

/** `rekey accounts:list`: what is known of accounts, never their hashes. */
export function accountsList({ email, disabled, limit, json }: AccountsListOptions): Promise<void> {
  return withDatabase(async ({ prisma }) => {
    const directory = createDirectory({ prisma, now: () => new Date() });
    const filter = { ...(email !== undefined && { email }), disabledOnly: disabled, limit };
    const accounts = await directory.list(filter);
    if (json) return print(JSON.stringify(accounts, null, 2));
    if (accounts.length === 0) return print("No such accounts.");
    const width = Math.max(...accounts.map((account) => account.email.length));
    for (const { email, name, createdAt, disabledAt } of accounts) {
      const since = disabledAt === null ? "" : `  disabled ${day(disabledAt)}`;
      print(`${email.padEnd(width)}  since ${day(createdAt)}${since}  ${name}`);
    }
    if (accounts.length === limit) print(`(the first ${limit}; --limit shows more)`);
  });
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
