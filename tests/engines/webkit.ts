import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { freePort } from "../support/free-port.ts";
import { type Browser, called, eventually } from "./browser.ts";

const DRIVER = "/usr/bin/WebKitWebDriver";
const XVFB = "/usr/bin/Xvfb";
const [miniBrowser] = globSync("/usr/lib/*/webkit2gtk-4.*/MiniBrowser");

/** Null when it can be started, else why not. */
export const whyNoWebKit =
  existsSync(DRIVER) && existsSync(XVFB) && miniBrowser !== undefined
    ? null
    : "no WebKit; install it (Debian: apt-get install webkit2gtk-driver xvfb)";

/** The key of an element in WebDriver's answers (W3C WebDriver, 12.1). */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
/** WebKitGTK's own browser, driven over WebDriver, on a display of its own. */
export async function startWebKit(): Promise<Browser> {
  const display = spawn(XVFB, ["-displayfd", "3", "-screen", "0", "1280x1024x24"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [number] = await once(display.stdio[3] as NodeJS.ReadableStream, "data");
  const port = await freePort();
  const driver = spawn(DRIVER, [`--port=${port}`], {
    stdio: "ignore",
    env: {
      ...process.env,
      DISPLAY: `:${String(number).trim()}`,
      GDK_BACKEND: "x11",
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    },
  });
  const root = `http://127.0.0.1:${port}`;

  async function call<Value>(method: string, path: string, body?: object): Promise<Value> {
    const response = await fetch(root + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: Value & { message?: string } };
    if (!response.ok) throw new Error(`${method} ${path}: ${value.message}`);
    return value;
  }

  await eventually("WebKit's driver", () => fetch(`${root}/status`).catch(() => null));
  const { sessionId } = await call<{ sessionId: string }>("POST", "/session", {
    capabilities: {
      alwaysMatch: { "webkitgtk:browserOptions": { binary: miniBrowser, args: ["--automation"] } },
    },
  });
  const session = `/session/${sessionId}`;

  /**
   * Does something to an element once it is there and can be seen. Tries again if it went away
   * meanwhile, as what the server drew does when React takes over.
   */
  function act(using: "css selector" | "xpath", value: string, path: string, body: object) {
    return eventually(value, async () => {
      try {
        const found = await call<Record<string, string>>("POST", `${session}/element`, {
          using,
          value,
        });
        const element = `${session}/element/${found[ELEMENT]}`;
        if (!(await call<boolean>("GET", `${element}/displayed`))) return null;
        await call("POST", `${element}/${path}`, body);
        return true;
      } catch {
        return null;
      }
    });
  }

  return {
    async open(url) {
      await call("POST", `${session}/url`, { url });
    },
    async type(id, text) {
      await act("css selector", `#${id}`, "clear", {});
      await act("css selector", `#${id}`, "value", { text });
    },
    async press(name) {
      await act("xpath", called(name), "click", {});
    },
    evaluate: <Value>(expression: string) =>
      call<Value>("POST", `${session}/execute/sync`, {
        script: `return (${expression})`,
        args: [],
      }),
    async picture(file) {
      const png = await call<string>("GET", `${session}/screenshot`);
      await writeFile(file, Buffer.from(png, "base64"));
    },
    async close() {
      await call("DELETE", session);
      await Promise.all([end(driver), end(display)]);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill();
  await exited;
}
