/** Waiting for something to become so, looked at whenever `notify` says that something happened. */
export function createWaiting() {
  const looks = new Set<() => void>();
  return {
    notify() {
      for (const look of looks) look();
    },
    /** Resolves when `so` holds; rejects after `timeout` milliseconds with what did not come. */
    until(what: string, so: () => boolean, timeout = 60_000): Promise<void> {
      return new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(timer);
          looks.delete(look);
        };
        const look = () => {
          if (!so()) return;
          end();
          resolve();
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`Not within ${timeout / 1000} s: ${what}`));
        }, timeout);
        looks.add(look);
        look();
      });
    },
  };
}
