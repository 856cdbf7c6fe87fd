import { whyNoPostgres } from "./postgres.ts";

const why = await whyNoPostgres();
if (why !== null) process.stdout.write(`${why}\n`);
process.exit(why === null ? 0 : 1);
