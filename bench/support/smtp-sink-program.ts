import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

const cache = join(import.meta.dirname, "../node_modules/.cache/postfix");

export type SmtpSink = { program: string; libraries: string; name: string } | { why: string };

/**
 * Postfix's smtp-sink: the installed one, or Debian's package fetched and unpacked beside our own
 * packages. Nothing is installed or configured. Says why where it cannot be had.
 */
export function findSmtpSink(): SmtpSink {
  if (existsSync("/usr/sbin/smtp-sink")) {
    return { program: "/usr/sbin/smtp-sink", libraries: "", name: "smtp-sink" };
  }
  const program = join(cache, "usr/sbin/smtp-sink");
  if (!existsSync(program)) {
    const why = unpack();
    if (why !== null) return { why };
  }
  return { program, libraries: join(cache, "usr/lib/postfix"), name: "smtp-sink" };
}

function unpack(): string | null {
  mkdirSync(cache, { recursive: true });
  const options = { cwd: cache, encoding: "utf8" } as const;
  const fetched = spawnSync("apt-get", ["download", "postfix"], options);
  if (fetched.error) return "no apt-get here";
  const [file] = readdirSync(cache).filter((name) => name.endsWith(".deb"));
  if (fetched.status !== 0 || file === undefined) {
    return "apt-get download postfix failed; apt-get update may help";
  }
  const unpacked = spawnSync("dpkg", ["-x", file, "."], options);
  return unpacked.status === 0 ? null : "dpkg could not unpack Debian's package postfix";
}
