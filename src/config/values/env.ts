/** The only place that reads the environment. */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { loadEnvFile } from "node:process";
import { ConfigError, messageOf } from "#core/errors.ts";
import { type LogLevel, logLevels } from "#core/log.ts";

export interface Environment {
  /** `postgres://…`; absent: the embedded database. */
  databaseUrl?: string;
  /** `redis://…`; absent: the queue is in PostgreSQL. */
  queueUrl?: string;
  /** Signs links; absent: created once and stored in the database. */
  secret?: string;
  /** The token for the API; absent: the API is disabled. */
  apiToken?: string;
  logLevel: LogLevel;
  /** For `${NAME}` in `postrider.yaml`. */
  variables: Readonly<Record<string, string | undefined>>;
}

/** The path of `postrider.yaml`. Default: `POSTRIDER_CONFIG`, or else the current folder. */
export function configFile(given?: string): string {
  return resolve(given ?? process.env["POSTRIDER_CONFIG"] ?? "postrider.yaml");
}

/** The log level from the environment alone, before `.env` is read, so that reading it can be logged. */
export function earlyLogLevel(): LogLevel | undefined {
  return logLevels.find((name) => name === process.env["LOG_LEVEL"]?.toLowerCase());
}

/** Reads `.env` in `dir` if it exists. It does not override variables that are already set. @throws ConfigError */
export function readEnvironment(dir: string): Environment {
  const file = resolve(dir, ".env");
  try {
    if (existsSync(file)) loadEnvFile(file);
  } catch (cause) {
    throw new ConfigError(`.env can't be read: ${messageOf(cause)}`, { file, cause });
  }
  const { DATABASE_URL, QUEUE_URL, POSTRIDER_SECRET, POSTRIDER_API_TOKEN, LOG_LEVEL } = process.env;
  if (DATABASE_URL) requireScheme("DATABASE_URL", DATABASE_URL, ["postgres:", "postgresql:"]);
  if (QUEUE_URL) requireScheme("QUEUE_URL", QUEUE_URL, ["redis:", "rediss:"]);
  return {
    ...(DATABASE_URL && { databaseUrl: DATABASE_URL }),
    ...(QUEUE_URL && { queueUrl: QUEUE_URL }),
    ...(POSTRIDER_SECRET && { secret: POSTRIDER_SECRET }),
    ...(POSTRIDER_API_TOKEN && { apiToken: POSTRIDER_API_TOKEN }),
    logLevel: logLevel(LOG_LEVEL),
    variables: process.env,
  };
}

/** The value may contain a password, so it is never repeated in a message. */
function requireScheme(name: string, value: string, schemes: readonly string[]): void {
  if (URL.canParse(value) && schemes.includes(new URL(value).protocol)) return;
  throw new ConfigError(`${name} is not a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}`);
}

function logLevel(value: string | undefined): LogLevel {
  if (!value) return "warn";
  const level = logLevels.find((name) => name === value.toLowerCase());
  if (level) return level;
  throw new ConfigError(`LOG_LEVEL is "${value}"; expected one of ${logLevels.join(", ")}`);
}
