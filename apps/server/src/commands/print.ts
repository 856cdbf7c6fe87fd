/** One line for whoever typed the command. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Says what went wrong; the command exits with 1 once it has cleaned up. */
export function fail(line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}

export function noSuchAccount(email: string): void {
  fail(`✗ No account has the address ${email}.`);
}
