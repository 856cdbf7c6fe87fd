import type { Database } from "@rekey/db/open-database";
import { openOperatorDatabase } from "@rekey/db/open-operator-database";
import { type Config, readConfig, type Secrets } from "../config.ts";
import { readEnv } from "../env.ts";

/** Runs a command on the configured database, beside the server if one runs. */
export async function withDatabase(
  run: (database: Database, config: Config, secrets: Secrets) => Promise<void>,
): Promise<void> {
  const { config, secrets } = readConfig(readEnv());
  const database = await openOperatorDatabase(secrets.database);
  try {
    await run(database, config, secrets);
  } finally {
    await database.close();
  }
}
