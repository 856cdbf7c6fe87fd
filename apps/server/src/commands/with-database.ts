import type { Database } from "@rekey/db/open-database";
import { openOperatorDatabase } from "@rekey/db/open-operator-database";
import { type Config, readConfig } from "../config.ts";
import { readEnv } from "../env.ts";

/** Runs a command on the configured database, beside the server if one runs. */
export async function withDatabase(
  run: (database: Database, config: Config) => Promise<void>,
): Promise<void> {
  const { config, secrets } = readConfig(readEnv());
  const database = await openOperatorDatabase(secrets.database);
  try {
    await run(database, config);
  } finally {
    await database.close();
  }
}
