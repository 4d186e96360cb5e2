/** Bounces and complaints, and what they mean. Mailbox, webhooks and command line report them in this form. */

export type BounceKind = "hard" | "soft" | "complaint" | "auto-reply" | "unsubscribe" | "unknown";

/** The report of one message or event about one recipient. It has no effect until it is matched to a delivery. */
export interface BounceReport {
  kind: BounceKind;
  /** Only for a soft bounce: whether it is about the recipient's mailbox, and so counts towards a suppression. */
  counts: boolean;
  /** The rule that decided, as a sentence. */
  why: string;
  /** The reported address. If the email was forwarded, this may be an address that never got an email from us. */
  recipient?: string;
  /** Enhanced status code (RFC 3463), such as `5.1.1`. */
  status?: string;
  /** The other server's reply. */
  diagnostic?: string;
  /** Where it came from: `dsn`, `arf`, `text`, `header`, or a provider's name. */
  source: string;
  /** Every Message-ID in the report that may be ours, without brackets. */
  messageIds: string[];
  /** Every address that the report was sent to. One may be a signed return path. */
  returnPaths: string[];
}

/**
 * How a report was tied to its delivery. The first two can't be forged. A recipient's address can be written by anybody: it
 * counts from a provider that proved itself, and where somebody asks to leave.
 */
export type BounceTie = "return-path" | "message-id" | "recipient";

export interface Judgement {
  kind: "hard" | "soft" | "auto-reply" | "unknown";
  counts: boolean;
  status?: string;
  why: string;
}

/** One recipient's fields in a delivery status notification. */
export interface StatusFields {
  /** RFC 3464 §2.3.3: failed, delayed, delivered, relayed, expanded. */
  action?: string;
  status?: string;
  diagnostic?: string;
}

/**
 * Decides by the enhanced status code (RFC 3463 and its IANA registry), and by the answer's text only if the code has
 * no clear meaning. An answer about the sender (policy, content, protocol) says nothing about the reader: it is soft
 * and never counts.
 */
export function judgeStatus({ action, status, diagnostic = "" }: StatusFields): Judgement {
  const text = diagnostic.slice(0, 2_000);
  const code = tellingCode(status, text);
  const known = code ? { status: code } : {};
  switch (action?.trim().toLowerCase()) {
    case "delayed":
      return { kind: "soft", counts: false, ...known, why: "the mail server is still trying (RFC 3464 §2.3.3)" };
    case "delivered":
    case "relayed":
    case "expanded":
      return {
        kind: "auto-reply",
        counts: false,
        ...known,
        why: `a notice of success: ${action.trim().toLowerCase()}`,
      };
  }
  if (code?.startsWith("2."))
    return { kind: "auto-reply", counts: false, ...known, why: `${code} is a success (RFC 3463 §2)` };
  const blamesUs = policyText.test(text);
  if (!code || generic.test(code)) {
    if (blamesUs)
      return { kind: "soft", counts: false, ...known, why: "the reply is about the sender, not the recipient" };
    const gone = unknownUserText.test(text) || localizedGoneText.test(text);
    if (!code?.startsWith("4.") && gone && !/\b4\d\d[ -]/.test(text))
      return { kind: "hard", counts: true, ...known, why: "the reply says that the mailbox does not exist" };
    if (mailboxFullText.test(text))
      return { kind: "soft", counts: true, ...known, why: "the reply says that the mailbox is full" };
    if (!code && !/\b[45]\d\d\b/.test(text) && action?.trim().toLowerCase() !== "failed")
      return { kind: "unknown", counts: false, why: "no status code, and the reply gives no known reason" };
    return { kind: "soft", counts: true, ...known, why: `${code ?? "the answer"} gives no reason` };
  }
  const detail = code.slice(2);
  const meaning = meanings[detail] ?? subjects[detail.split(".")[0] ?? ""] ?? "system";
  if (meaning === "gone" && code.startsWith("5.")) {
    // Some filters answer 5.1.0 or similar codes to unwanted senders.
    if (blamesUs && !unknownUserText.test(text))
      return { kind: "soft", counts: false, ...known, why: `${code}, but the reply is about the sender` };
    return { kind: "hard", counts: true, ...known, why: `${code} says that the mailbox does not exist` };
  }
  // Some servers always answer 5.7.1, or 5.4.x for an unknown name, but their text gives the real reason.
  if (code.startsWith("5.") && (meaning === "network" || detail === "7.1") && goneText.test(text) && !blamesUs)
    return { kind: "hard", counts: true, ...known, why: "the reply says that the mailbox does not exist" };
  if (meaning === "sender" || meaning === "message")
    return { kind: "soft", counts: false, ...known, why: `${code} is about the ${meaning}, not the recipient` };
  return {
    kind: "soft",
    counts: true,
    ...known,
    why: `${code} says that the ${meaning === "gone" ? "address" : meaning} can't receive email now`,
  };
}

type Meaning = "gone" | "mailbox" | "system" | "network" | "sender" | "message";

/** Meanings by subject: X.7 is policy, X.6 content, X.5 protocol. */
const subjects: Record<string, Meaning> = {
  "1": "gone",
  "2": "mailbox",
  "3": "system",
  "4": "network",
  "5": "sender",
  "6": "message",
  "7": "sender",
};

/** Codes with another meaning than their subject. */
const meanings: Record<string, Meaning> = {
  "1.4": "mailbox", // ambiguous
  "1.5": "mailbox", // valid, yet reported as a failure
  "1.7": "sender", // the sender's address is malformed
  "1.8": "sender", // the sender's domain does not exist
  "1.9": "system",
  "2.1": "gone", // the mailbox is disabled permanently
  "2.3": "message", // too long for this mailbox
  "3.4": "message", // too long for this system
};

const generic = /^[45]\.(0\.0|1\.0|2\.0|3\.0|4\.0|5\.0|0\.\d+)$/;

/** The code of the field, or a better one in the answer if the field has a code that servers use for everything. */
function tellingCode(status: string | undefined, text: string): string | undefined {
  const field = codeIn(status ?? "");
  if (field && !generic.test(field)) return field;
  const said = codeIn(text);
  return said && (!field || said[0] === field[0] || generic.test(field)) ? said : field;
}

/** Without other digits or dots around it, so that it is not a part of an IP address or a version. */
function codeIn(text: string): string | undefined {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d]|\.\d)/.exec(text)?.[1];
}

const unknownUserText =
  /\b(user|mailbox|recipient|account|address|addressee)\b.{0,40}\b(unknown|not found|not exist|doesn'?t exist|no longer (?:available|active|valid)|unavailable|invalid|inactive|disabled|rejected)|\b(unknown|no such|invalid|nonexistent|non-existent) (?:local )?(user|mailbox|recipient|address|account|alias|person)|no mailbox (?:here )?by that name|(?:does not|doesn'?t) (?:have|exist)\b.{0,30}\b(account|mailbox|here)|is not a valid mailbox|recipientnotfound|recipnotfound|host or domain name not found|unrouteable address|couldn'?t find any host named|all relevant mx records point to non-existent|name service error for .{1,200} type=(?:mx|a)\b.{0,20}host not found/i;
/** The same in other languages, and in Domino's messages. */
const localizedGoneText =
  /not listed in .{0,30}(?:directory|address book)|(?:existiert|besteht) nicht|unbekannter? (?:empf(?:ä|ae)nger|benutzer|adressat)|empf(?:ä|ae)nger (?:ist )?unbekannt|n['’]existe (?:pas|plus)|(?:destinataire|utilisateur) inconnu|adresse.{0,40} invalide|(?:usuario|destinatario|buz[oó]n) (?:desconocido|inexistente)|no existe|(?:utente|destinatario) (?:sconosciuto|inesistente)|casella.{0,20} inesistente|usu[aá]rio (?:desconhecido|inexistente)|não existe|bestaat niet|(?:onbekende|okänd) (?:gebruiker|mottagare)|не существует|не найден|пользователь неизвестен|用户不存在|收件人不存在|宛先不明|存在しません/iu;
/** Clear texts, independent of the code. "Address rejected" alone may be policy, but not if Microsoft's directory reports it. */
const goneText =
  /\b(?:user|recipient|mailbox|account|address) (?:is )?(?:unknown|not found|does(?: not|n'?t) exist)|\b(?:unknown|no such) (?:local )?(?:user|recipient|mailbox)\b|host or domain name not found|recipient address rejected: access denied\. AS\(/i;
const mailboxFullText = /\b(mailbox|quota|storage|inbox)\b.{0,40}\b(full|exceed|over)|\bover ?quota\b|quota exceeded/i;
const policyText =
  /\b(spam|blocked|block ?list(?:ed)?|black ?list(?:ed)?|blocklist|denylist|spamhaus|spamcop|barracuda|dnsbl|rbl|dmarc|spf|dkim|reputation|unsolicited|policy|banned|rate limit(?:ed)?|too many (?:messages|connections)|grey ?list(?:ed|ing)?|authentication required|relay(?:ing)? (?:access )?denied|not permitted to relay)\b/i;

/** When soft bounces become too many. */
export interface BounceRule {
  /** This number within `withinDays` suppresses the address. */
  softLimit: number;
  withinDays: number;
}

/** A report with its traces, which only we can have created. */
export interface TracedReport {
  report: BounceReport;
  /** A provider reports it, and proved who it is: then the address alone says whom it is about. */
  vouched: boolean;
  /** The same event told twice has the same digest. */
  digest: string;
  /** First digits of a delivery's key, at least 16 hex digits; the best proof first. */
  traces: { tie: "return-path" | "message-id"; key: string }[];
}

/** What was done about it. `known`: it was already recorded, so nothing was done. */
export interface BounceOutcome {
  effect: "suppressed" | "counted" | "noted" | "unsubscribed" | "known";
  tie: BounceTie | null;
  /** The number of soft bounces so far, within the rule's days. */
  softBounces?: number;
  delivery?: { id: string; postId: string; channel: string };
}
