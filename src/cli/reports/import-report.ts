/** The result of an import as text. */

import { count, plural } from "#cli/terminal/terminal.ts";
import { type ImportResult, type ReadColumns, separators } from "#desk/readers/import.ts";

interface Settings {
  file: string;
  /** The file of the rejected rows. */
  rejects: string;
  consent?: string | undefined;
}

const mostShown = 20;

export function importLines(result: ImportResult, { file, rejects, consent }: Settings): string[] {
  const { rejected, rejectedRows, encoding, separator, columns, unknownStates, hadUntil } = result;
  const words = Object.entries(unknownStates).map(
    ([word, rows]) =>
      `  Unknown state "${word}" in ${plural(rows, "row")}; treated as empty. Correct the file if these people unsubscribed.`,
  );
  return [
    ...rejected.slice(0, mostShown).map(({ line, reason }) => `${file}:${line}: ${reason}`),
    ...(rejectedRows > mostShown ? [`… and ${count(rejectedRows - mostShown)} more, all in ${rejects}`] : []),
    `  Encoding ${encoding}, separator ${separators[separator] ?? separator}`,
    `  Columns: ${columnsText(columns)}`,
    ...words,
    ...consentLines(result, consent).map((line) => `  ${line}`),
    ...(hadUntil
      ? [
          `  Posts until ${hadUntil.toISOString().slice(0, 10)} that are older than this import count as received and are not sent to these readers. Use --received-until to change this.`,
        ]
      : []),
  ];
}

/** The recorded source of consent for each reader; `subscribers show` prints it again. */
function consentLines({ consent, consentColumns }: ImportResult, given: string | undefined): string[] {
  const from = given ? "" : " (the name of the file)";
  const columns = consentColumns.map((title) => `"${title}"`).join(", ");
  const more = columns && `, and for each person the value of ${columns}`;
  return [
    `Recorded consent source: "${consent}"${from}${more}`,
    ...(given || columns
      ? []
      : ['Use --consent to record where people signed up, for example --consent "form on example.org, 2021".']),
  ];
}

/** `address "Email", state "Email disabled"`. */
function columnsText(columns: ReadColumns): string {
  return Object.entries(columns)
    .map(
      ([what, titles]: [string, string | string[]]) =>
        `${what} ${[titles]
          .flat()
          .map((title) => `"${title}"`)
          .join(" ")}`,
    )
    .join(", ");
}

/** Always the same words, so that a dry run and the import that follows can be compared. */
export function importSentence(result: ImportResult): string {
  const { confirmed, unconfirmed, unsubscribed, suppressed, forgotten, known, ended, skipped, resumedAfter } = result;
  const why = [
    result.duplicates > 0 && plural(result.duplicates, "duplicate"),
    result.rejectedRows > 0 && `${count(result.rejectedRows)} rejected`,
    result.ofOtherLists > 0 && `${count(result.ofOtherLists)} on other lists`,
  ].filter(Boolean);
  return [
    `${count(confirmed)} confirmed`,
    unconfirmed > 0 && `${count(unconfirmed)} unconfirmed`,
    `${count(unsubscribed)} unsubscribed`,
    `${count(suppressed)} suppressed`,
    `${count(forgotten)} forgotten`,
    `${count(known)} known${ended > 0 ? ` (${count(ended)} of them get no email any more)` : ""}`,
    `${count(skipped)} skipped${why.length > 0 ? ` (${why.join(", ")})` : ""}`,
    resumedAfter && `continued after row ${count(resumedAfter)}`,
  ]
    .filter(Boolean)
    .join(", ");
}
