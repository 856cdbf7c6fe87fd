import { freePort } from "../../support/free-port.ts";
import { endProgram, type Program, runProgram } from "../../support/process.ts";

export type Role = "all" | "api" | "worker";

export interface SiteProcessOptions {
  name: string;
  role: Role;
  env: Record<string, string>;
  /** Told when it ended without having been asked to, with its last words. */
  onCrash: (what: string) => void;
}

export type SiteProcess = Awaited<ReturnType<typeof createSiteProcess>>;

/** A process of a site. Ended and started again it keeps its port. */
export async function createSiteProcess({ name, role, env, onCrash }: SiteProcessOptions) {
  const port = await freePort();
  let program: Program | null = null;
  let asked = false;

  return {
    name,
    role,
    url: `http://127.0.0.1:${port}`,
    output: () => program?.output() ?? "",

    /** Starts it; resolves when it says that it is ready. */
    async start(): Promise<void> {
      asked = false;
      const begun = runProgram("main.ts", { ...env, ROLE: role, PORT: String(port) });
      program = begun;
      void begun.ended.then(({ code, signal }) => {
        if (!asked) onCrash(`${name} ended (${code ?? signal}): ${begun.output().slice(-3000)}`);
      });
      await begun.line(/^Rekey is ready at http/);
    },

    /** Ends it; resolves to its exit code once it is gone, null after a signal or when not running. */
    async end(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
      asked = true;
      if (program === null) return null;
      const ending = program;
      program = null;
      // Whatever it is that keeps it from ending, it does not stay behind.
      const timer = setTimeout(() => ending.child.kill("SIGKILL"), 30_000);
      const { code, signal: by } = await endProgram(ending, signal);
      clearTimeout(timer);
      if (by !== null && by !== signal) throw new Error(`${name} did not end: ${ending.output()}`);
      return code;
    },

    signal(signal: NodeJS.Signals): void {
      program?.child.kill(signal);
    },
  };
}
