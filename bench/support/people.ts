/** Everyone's password; accounts are filled in with one hash of it. */
export const PASSWORD = "Blue-Otter-71-walks-far";

/** The address of the account with this number. */
export function address(index: number): string {
  return `person.${index}@example.test`;
}

/** Goes round all accounts, so that no request asks again for an account asked for just before. */
export function accountsInTurn(accounts: number) {
  let next = 0;
  return {
    accounts,
    /** The number of the next account; the `count` after it are taken too. */
    take(count: number): number {
      const first = next % accounts;
      next += count;
      return first;
    },
  };
}

export type AccountsInTurn = ReturnType<typeof accountsInTurn>;
