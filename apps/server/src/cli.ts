import { prepareLoading } from "./prepare-loading.ts";

// A static import would be loaded before that.
prepareLoading();
await import("./run-command.ts");
