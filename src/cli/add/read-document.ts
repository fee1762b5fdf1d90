import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CliError, usageError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";

const MAX_BYTES = 32 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/** An address and not a file. */
export const isAddress = (source: string): boolean => /^https?:\/\//i.test(source);

/**
 * The text of an OpenAPI document, from a file or from an address.
 *
 * @throws CliError when it is not there, too large (32 MiB), or does not come within 30 seconds
 */
export async function readDocument(source: string, folder: string, signal: AbortSignal): Promise<string> {
  if (!isAddress(source)) {
    return await readFile(resolve(folder, source), "utf8").catch(() => {
      throw new CliError(`There is no file ${source}.`, { exitCode: EXIT.notFound });
    });
  }
  // It would stand in the generated file and in version control.
  if (new URL(source).username !== "") {
    throw usageError("An address with a password is not kept.", "Download the document, and give the file.");
  }
  const limits = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const answer = await fetch(source, {
    signal: limits,
    headers: { accept: "application/json, application/yaml, */*" },
  }).catch((error: unknown) => {
    throw new CliError(`${source} does not answer: ${reasonOf(error)}`, { exitCode: EXIT.unreachable });
  });
  if (!answer.ok) {
    throw new CliError(`${source} answered ${answer.status}.`, {
      exitCode: answer.status === 404 ? EXIT.notFound : EXIT.failed,
    });
  }
  return await textUpTo(answer, source);
}

async function textUpTo(answer: Response, source: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > MAX_BYTES) throw new CliError(`${source} is larger than 32 MiB.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};
