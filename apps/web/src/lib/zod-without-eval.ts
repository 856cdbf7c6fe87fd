import { config } from "zod/v4/core";

// Zod probes for `new Function`, which a content security policy reports. Import this first.
config({ jitless: true });
