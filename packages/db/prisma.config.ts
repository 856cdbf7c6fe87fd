import { defineConfig } from "prisma/config";

// `prisma generate` wants a schema engine to exist but never starts it: naming any file that does
// keeps the install free of downloads. Migrations run through the engine's WebAssembly build.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
