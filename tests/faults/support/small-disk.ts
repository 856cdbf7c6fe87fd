import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  rmdirSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHUNK = Buffer.alloc(64 * 1024);

/**
 * A file system of its own with so many bytes, in memory, that can be filled up. Null where this
 * process may not mount one.
 */
export function mountSmallDisk(bytes: number) {
  const folder = mkdtempSync(join(tmpdir(), "rekey-disk-"));
  try {
    const options = ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder];
    execFileSync("mount", options, { stdio: "pipe" });
  } catch {
    rmdirSync(folder);
    return null;
  }
  const ballast = join(folder, "ballast");

  return {
    folder,
    /** Bytes that are free. */
    free() {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    },
    /** Leaves room for so many bytes more, or less than that. */
    fill(leave: number) {
      const file = openSync(ballast, "a");
      try {
        while (this.free() > leave) writeSync(file, CHUNK);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      } finally {
        closeSync(file);
      }
    },
    /** Gives back what `fill` took. */
    clear: () => rmSync(ballast, { force: true }),
    [Symbol.dispose]() {
      execFileSync("umount", ["--lazy", folder], { stdio: "pipe" });
      rmdirSync(folder);
    },
  };
}
