import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Brand, builtInBrand } from "@rekey/contract/brand";
import type { Plugin } from "vite";
import build from "../build.ts";
import { TemplateProblem } from "../compiler/problem.ts";
import type * as sampled from "../samples.ts";
import { type Choice, choices, describe } from "./describe.ts";

const root = join(import.meta.dirname, "..");
const sources = ["templates", "locales", "design.ts"].map((name) => join(root, name));
const builtIn = { ...builtInBrand, supportAddress: "help@rekey.example" };

/** Whose look the mails are shown in. */
export interface PreviewBrand {
  /** The file, absolute, that it stands in; it need not be there. */
  file: string;
  /** What stands there now, and a line for all that is wrong. `brand` null: none, or none to be shown. */
  read(): { brand: Brand | null; problems: string[] };
}

/**
 * Shows every mail at `/dev/mail` of the development server, and again whenever a template, a
 * catalog or the brand is saved. It is part of no build: production does not have the path.
 */
export function mailPreview(own: PreviewBrand): Plugin {
  const watched = [...sources, own.file];
  return {
    name: "mail-preview",
    apply: "serve",
    configureServer(server) {
      let problem: string | null = null;
      const rebuild = () =>
        build().then(
          () => {
            problem = null;
          },
          (error: unknown) => {
            problem = error instanceof TemplateProblem ? error.message : String(error);
          },
        );
      let ready = rebuild();

      server.watcher.add(watched);
      server.watcher.on("all", (_event, path) => {
        if (!watched.some((source) => path.startsWith(source))) return;
        // An editor may still be writing.
        ready = delay(50)
          .then(rebuild)
          .then(() => {
            server.moduleGraph.invalidateAll();
            server.ws.send("mail-preview:changed");
          });
      });

      async function answer(url: URL, response: ServerResponse) {
        await ready;
        if (url.pathname === "/dev/mail") {
          const page = await readFile(join(import.meta.dirname, "page.html"), "utf8");
          return send(response, "text/html", await server.transformIndexHtml("/dev/mail", page));
        }
        const samples = (await server.ssrLoadModule(join(root, "samples.ts"))) as typeof sampled;
        const choice = Object.fromEntries(url.searchParams) as unknown as Choice;
        const { brand, problems } = own.read();
        const mail = problem === null ? await describe(samples, brand ?? builtIn, choice) : null;
        if (problem !== null) problems.unshift(problem);
        send(
          response,
          "application/json",
          JSON.stringify({ problems, choices: choices(samples), mail }),
        );
      }

      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? "/", "http://localhost");
        if (!["/dev/mail", "/dev/mail.json"].includes(url.pathname)) return next();
        answer(url, response).catch(next);
      });
    },
  };
}

function send(response: ServerResponse, type: string, body: string): void {
  response.setHeader("Content-Type", `${type}; charset=utf-8`);
  response.setHeader("Cache-Control", "no-store");
  response.end(body);
}
