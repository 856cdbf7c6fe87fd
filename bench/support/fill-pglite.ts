import { PGlite } from "@electric-sql/pglite";
import { fillAccounts, pgliteFolder } from "./rekey-tables.ts";
import { serveCommands } from "./serve-commands.ts";

export interface FillCommand {
  dataDir: string;
  accounts: number;
  passwordHash: string;
}

/** Fills an embedded database while no server has it open. */
serveCommands(async ({ dataDir, accounts, passwordHash }: FillCommand) => {
  const pglite = new PGlite(pgliteFolder(dataDir));
  const sql = async (text: string, values?: unknown[]) =>
    (await pglite.query<Record<string, unknown>>(text, values)).rows;
  await fillAccounts(sql, { to: accounts, passwordHash });
  await pglite.close();
});
