/** Reads `jobs/*.yaml`: one declared job in each file. A wrong one is told with its line, and the others go on. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Schema } from "#core/adapter.ts";
import { ConfigError, messageOf } from "#core/errors.ts";
import type { PublishJob } from "#core/job-file.ts";
import { parseYaml, YamlError } from "#formats/yaml.ts";
import { validate } from "./issues.ts";
import { suggestion } from "./spelling.ts";

const schema = z.strictObject({
  kind: z.literal("publish", { error: 'expected "publish", the one kind there is' }),
  description: z.string().default(""),
  channels: z.array(z.string()).min(1),
});

export interface Jobs {
  jobs: PublishJob[];
  /** One for each file that is wrong. */
  problems: ConfigError[];
}

/** @param channelNames - those of `postrider.yaml`. A folder that isn't there holds no jobs. */
export async function readJobs(dir: string, channelNames: readonly string[]): Promise<Jobs> {
  const files = await readdir(dir).catch((): string[] => []);
  const jobs: PublishJob[] = [];
  const problems: ConfigError[] = [];
  for (const file of files.filter((name) => /\.ya?ml$/.test(name)).sort()) {
    try {
      jobs.push(await readJob(join(dir, file), file.replace(/\.ya?ml$/, ""), channelNames));
    } catch (error) {
      problems.push(
        error instanceof ConfigError ? error : new ConfigError(messageOf(error), { file: join(dir, file) }),
      );
    }
  }
  return { jobs, problems };
}

async function readJob(file: string, name: string, channelNames: readonly string[]): Promise<PublishJob> {
  const document = parse(await readFile(file, "utf8"), file);
  const result = validate(schema as Schema<z.infer<typeof schema>>, document.value);
  const unknown = (channels: readonly string[]) =>
    channels.flatMap((channel, index) =>
      channelNames.includes(channel)
        ? []
        : [
            {
              path: ["channels", index],
              message: `there is no channel "${channel}"; ${suggestion(channel, channelNames)}`,
            },
          ],
    );
  const problems = "problems" in result ? result.problems : unknown(result.value.channels);
  if (problems.length > 0) {
    const lines = problems.map(({ path, message }) => ({
      line: document.lineOf(path),
      text: `${path.join(".") || "the file"}: ${message}`,
    }));
    throw new ConfigError(lines.map(({ text }) => text).join("; "), { file, ...(lines[0] && { line: lines[0].line }) });
  }
  return { name, ...(result as { value: z.infer<typeof schema> }).value };
}

function parse(text: string, file: string) {
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new ConfigError(error.message, { file, line: error.line });
  }
}
