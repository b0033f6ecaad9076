import { test as unbounded } from "node:test";

/** A test that fails when it takes longer than any of ours should. */
export const test = (name, body) => unbounded(name, { timeout: 90_000 }, body);
