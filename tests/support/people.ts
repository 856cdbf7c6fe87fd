import { randomUUID } from "node:crypto";

export const PASSWORD = "Blue-Otter-71-walks-far";
export const NEW_PASSWORD = "Quiet+Lantern+over+9+hills";

export const freshEmail = (tag = "ada") => `${tag}.${randomUUID().slice(0, 8)}@example.test`;
