import { Pool } from "undici";

export type Client = Pool;

/** Connections to a server, for what this process asks itself. */
export function openClient(stack: AsyncDisposableStack, url: string): Client {
  const pool = new Pool(url, { connections: 64, pipelining: 1 });
  stack.defer(() => pool.destroy());
  return pool;
}

/** Calls a procedure, which must succeed. */
export async function ask(client: Client, procedure: string, input: object): Promise<void> {
  const { statusCode, body } = await client.request({
    method: "POST",
    path: `/trpc/${procedure}`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  await body.dump();
  if (statusCode !== 200) throw new Error(`${procedure} was answered with ${statusCode}`);
}
