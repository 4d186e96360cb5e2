/** Reads bounces written for people only: qmail, old Exim and sendmail, and reports that lost their structure. */

import { judgeStatus } from "#core/readers/bounce.ts";
import { addressIn, readFields } from "./fields.ts";
import { type Finding, isMailer, type OpenedMail } from "./open-mail.ts";

/** `null` unless the sender or a header says that it is a bounce: people also write emails about bounces. */
export function readProse({ headers, from, subject, text }: OpenedMail): Finding[] | null {
  const failed = headers.get("x-failed-recipients")?.flatMap((value) => value.split(",")) ?? [];
  const qmail = /^hi\. this is the (?:qmail-send|deliver) program/im.test(text);
  if (failed.length === 0 && !qmail && !isMailer(headers, from) && !subjects.test(subject)) return null;
  if (
    /\b(?:delayed|delay notification|not yet (?:been )?delivered|still (?:being retried|trying))\b/i.test(
      `${subject}\n${text.slice(0, 1_000)}`,
    )
  )
    return findings(failed, [...paragraphsOf(ownWords(text)).keys()], () => ({
      kind: "soft",
      counts: false,
      why: "the mail server is still trying",
    }));
  const said = ownWords(text);
  const embedded = fieldsIn(said);
  if (embedded.length > 0) return embedded;
  const paragraphs = paragraphsOf(said);
  return findings(failed, [...paragraphs.keys()], (address) => {
    const diagnostic = ((address && paragraphs.get(address)) || said).replace(/\s+/g, " ").trim().slice(0, 1_000);
    return { ...judgeStatus({ diagnostic }), diagnostic };
  });
}

type Judged = Omit<Finding, "source" | "recipient">;

function findings(
  named: readonly string[],
  mentioned: readonly string[],
  judge: (address: string | undefined) => Judged,
): Finding[] {
  const addresses = named.map(addressIn).filter((address) => address !== undefined);
  const recipients = addresses.length > 0 ? addresses : mentioned.length > 0 ? mentioned : [undefined];
  return [...new Set(recipients)].slice(0, 100).map((recipient) => ({
    ...judge(recipient),
    ...(recipient && { recipient }),
    source: "text",
  }));
}

const subjects =
  /\b(?:undeliver(?:able|ed)|delivery (?:status notification|failure|has failed|failed)|failure notice|returned mail|mail delivery (?:failed|failure)|mail system error|unzustellbar|non remis|no se pudo entregar|mancato recapito|não entregue|niet bezorgd|nedoručiteln|не доставлено|未能送达|配信不能)/i;

/** The text above the copy of our email, because the copy has our own text. */
function ownWords(text: string): string {
  const copy =
    /^(?:-{2,}.{0,60}(?:below this line|original message|copy of (?:the|your) message|returned message|message header|this is a copy).*|received: from .*|> ?(?:from|subject): .*)$/im.exec(
      text,
    );
  return (copy ? text.slice(0, copy.index) : text).slice(0, 16 * 1024);
}

/** A delivery-status part that ended up as text, because a boundary was wrong or a gateway flattened the mail. */
function fieldsIn(text: string): Finding[] {
  return readFields(text)
    .filter((group) => group.has("final-recipient") && (group.has("status") || group.has("diagnostic-code")))
    .slice(0, 100)
    .map((group) => {
      const recipient = addressIn(group.get("original-recipient")?.[0]) ?? addressIn(group.get("final-recipient")?.[0]);
      const diagnostic = group.get("diagnostic-code")?.[0];
      const judgement = judgeStatus({
        action: group.get("action")?.[0] ?? "failed",
        ...(group.get("status")?.[0] && { status: group.get("status")?.[0] ?? "" }),
        ...(diagnostic && { diagnostic }),
      });
      return { ...judgement, ...(recipient && { recipient }), ...(diagnostic && { diagnostic }), source: "text" };
    });
}

/** Address -> the lines about it: on its own line or before a colon, with what follows until the next one. */
function paragraphsOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let current: string | undefined;
  for (const line of text.split(/\r\n|\r|\n/).slice(0, 1_000)) {
    const address = /^[ \t]*<?([^\s<>:()]{1,64}@[\w.-]{3,190})>?(?::.*|[ \t]*(?:\(.*\))?)?$/
      .exec(line)?.[1]
      ?.replace(/\.$/, "");
    if (address) {
      current = address;
      found.set(address, `${found.get(address) ?? ""}${line.slice(line.indexOf(address) + address.length)}\n`);
    } else if (current) found.set(current, `${found.get(current)}${line}\n`);
    if (found.size >= 100) break;
  }
  return found;
}
