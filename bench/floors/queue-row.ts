import { randomUUID } from "node:crypto";
import { address } from "../support/people.ts";

/** A row of the shape and size of one accepted request: what durability costs at the very least. */
export const createTable = `
  CREATE TABLE IF NOT EXISTS floor_row (
    id uuid PRIMARY KEY, kind text NOT NULL, recipient text NOT NULL, recipient_key text NOT NULL,
    state text NOT NULL, data jsonb NOT NULL, created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL, expires_at timestamptz NOT NULL)`;

export const insertRow = "INSERT INTO floor_row VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

export function rowOf(index: number): unknown[] {
  const email = address(index);
  const now = new Date();
  const data = JSON.stringify({ email, requestedAt: now });
  const expires = new Date(now.getTime() + 600_000);
  return [randomUUID(), "reset-password", email, email, "queued", data, now, now, expires];
}
