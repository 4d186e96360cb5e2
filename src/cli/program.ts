/** The command line: finds the command, runs it, and turns errors into a sentence and an exit status. Does not end the process. */

import { Command, CommanderError } from "commander";
import { ConfigError, messageOf, PostriderError, UsageError } from "#core/errors.ts";
import { version } from "#files/package.ts";
import { commands } from "./commands.ts";
import { type Context, exit, type GlobalOptions, openContext, type Run } from "./context.ts";
import { problemJson, shortPath } from "./reports/diagnostics.ts";
import { openTerminal } from "./terminal/terminal.ts";

/** @param words - the arguments after the program's name. @returns the exit status */
export async function runProgram(words: readonly string[]): Promise<number> {
  let status: number = exit.ok;
  const program = new Command("postrider")
    .description("Publishes a Markdown post once: as an email, a feed item and social posts.")
    .version(version)
    .option("--config <file>", "the configuration (default: postrider.yaml, or POSTRIDER_CONFIG)")
    .option("--data <dir>", "folder of the embedded database (default: .postrider next to the configuration file)")
    .option("--json", "print one JSON document on standard output, and nothing else")
    .option("--verbose", "write a log to standard error")
    .exitOverride()
    .showHelpAfterError("(see --help)")
    .addHelpText(
      "after",
      `
Exit status: 0 success · 1 something was refused, is uncertain or failed a check · 2 wrong usage · 3 wrong configuration

Examples:
  postrider init blog && cd blog
  postrider check
  postrider publish content/posts/hello.md
  postrider status`,
    );
  const run: Run =
    (action) =>
    async (...args) => {
      const context = openContext(program.opts<GlobalOptions>());
      try {
        status = await Promise.race([action(context, ...args), context.stranded]);
      } catch (error) {
        if (error instanceof CommanderError) throw error;
        status = complain(context, context.reasonOf(error));
      }
    };
  await addCommands(program, run, commandIn(words));
  for (const command of program.commands) command.exitOverride().showHelpAfterError("(see --help)");
  try {
    await program.parseAsync(words, { from: "user" });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exit.ok;
    if (words.includes("--json")) {
      const message = error.code === "commander.help" ? "no command given" : error.message.replace(/^error: /, "");
      openTerminal({ json: true }).printJson({ error: { code: "invalid", message } });
    }
    return exit.usage;
  }
}

/** Adds the command that was asked for, and of the others only what `--help` lists and what suggestions need. */
async function addCommands(program: Command, run: Run, asked: string | undefined): Promise<void> {
  const terms = new Map<string, string>();
  for (const { term, summary, load } of commands) {
    const [name = ""] = term.split(" ");
    terms.set(name, term);
    if (name === asked) (await load())(program, run);
    else program.command(name).description(summary);
  }
  program.configureHelp({ subcommandTerm: (command) => terms.get(command.name()) ?? "help [command]" });
}

/** Global options that are followed by a value. */
const withValue = ["--config", "--data"];

/** The command's name among the arguments: the first one that is neither an option nor its value. */
function commandIn(words: readonly string[]): string | undefined {
  const names = words.filter((word, at) => !word.startsWith("-") && !withValue.includes(words[at - 1] ?? ""));
  return names[0] === "help" ? names[1] : names[0];
}

function complain({ terminal, options }: Context, error: unknown): number {
  const known = error instanceof PostriderError ? error : refusedByMachine(error);
  for (const problem of error instanceof ConfigError ? error.problems : [known]) {
    const line = problem instanceof ConfigError ? shortened(problem) : problem?.located;
    terminal.note(`${terminal.style("red", "error:")} ${line ?? `unexpected: ${messageOf(error)}`}`);
    if (problem?.hint) terminal.note(`  ${problem.hint}`);
  }
  if (options.verbose && error instanceof Error) terminal.note(String(error.stack));
  if (options.json)
    terminal.printJson({
      error: {
        code: known?.code ?? "internal",
        message: messageOf(error),
        ...(known?.hint && { hint: known.hint }),
        ...(known?.file && { file: known.file }),
        ...(known?.line && { line: known.line }),
        ...(error instanceof ConfigError && { problems: error.problems.map(problemJson) }),
      },
    });
  if (error instanceof UsageError) return exit.usage;
  return error instanceof ConfigError ? exit.configuration : exit.trouble;
}

/** `file:line: message`, with the file relative to the current folder. */
function shortened({ file, line, message }: ConfigError): string {
  return file ? `${shortPath(file)}${line ? `:${line}` : ""}: ${message}` : message;
}

/** Explains errors of the machine: a full disk (also PostgreSQL's), or a folder or file that can't be created or written. */
function refusedByMachine(error: unknown): PostriderError | null {
  const { code, syscall, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === "53100" || code === "ENOSPC")
    return new PostriderError("unavailable", `The disk is full: ${messageOf(error)}`, {
      hint: "Free some space, then run the same command again. It continues where it stopped.",
      cause: error,
    });
  if (!path || !["mkdir", "open", "copyfile", "rename"].includes(syscall ?? "")) return null;
  return new PostriderError("unavailable", `${path} can't be written or read: ${messageOf(error)}`, {
    hint: "Choose another location, or give this user access to it.",
    cause: error,
  });
}
