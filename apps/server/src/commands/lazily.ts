/** The action of a command, loaded only if that command runs: `rekey --help` needs none of them. */
export function lazily<Given extends unknown[]>(load: () => Promise<(...given: Given) => unknown>) {
  return async (...given: Given): Promise<void> => {
    const action = await load();
    await action(...given);
  };
}
