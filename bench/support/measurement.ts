/** One chapter of the report: a table, what its floor is, and what else a reader must know. */
export interface Section {
  title: string;
  floor: string;
  columns: string[];
  rows: string[][];
  notes: string[];
}

export interface Context {
  /** Whatever is started or created goes with it, also after a failure. */
  stack: AsyncDisposableStack;
  /** Minutes instead of a quarter of an hour: fewer and shorter rounds, smaller tables. */
  quick: boolean;
  /** One line about where the measurement is. */
  say: (text: string) => void;
}

export interface Measurement {
  name: string;
  /** Set where no PostgreSQL is needed. */
  withoutPostgres?: boolean;
  measure: (context: Context) => Promise<Section>;
}
