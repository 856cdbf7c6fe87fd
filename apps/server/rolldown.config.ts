import { dirname, join, relative } from "node:path";
import { defineConfig, type Plugin } from "rolldown";

const dist = join(import.meta.dirname, "dist");

/** A file of ours finds what it reads from where its source stands, which is shipped beside the bundle. */
const ownFolder: Plugin = {
  name: "own-folder",
  transform: {
    filter: { id: /\.ts$/, code: "import.meta.dirname" },
    handler(code, id) {
      const folder = `(import.meta.dirname + "/${relative(dist, dirname(id))}")`;
      return { code: code.replaceAll("import.meta.dirname", folder), map: null };
    },
  },
};

/**
 * Stacks are told by our sources' lines. Other packages' chunks keep no source map: Node would hold
 * all of it in memory, 75 MB, for places that nobody here edits.
 */
const ownMapsOnly: Plugin = {
  name: "own-maps-only",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk" || !chunk.name.startsWith("packages")) continue;
      if (chunk.sourcemapFileName) delete bundle[chunk.sourcemapFileName];
      chunk.code = chunk.code.replace(/\/\/# sourceMappingURL=.*\n?$/, "");
    }
  },
};

/** The server and the `rekey` command. What only some processes need is a chunk that only they load. */
export default defineConfig({
  input: { main: "src/main.ts", cli: "src/cli.ts" },
  platform: "node",
  // Native code, WebAssembly and web pages, which stay files of their packages.
  external: [/^@node-rs\//, "@electric-sql/pglite", "maildev", /^@prisma\/schema-engine-wasm/],
  plugins: [ownFolder, ownMapsOnly],
  output: {
    dir: dist,
    cleanDir: true,
    sourcemap: true,
    sourcemapExcludeSources: true,
    chunkFileNames: ({ name }) => `${name.split("~")[0]}.js`,
    codeSplitting: { groups: [{ name: "packages", test: /node_modules/, entriesAware: true }] },
  },
});
