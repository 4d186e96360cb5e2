/** Bounces and complaints as RFC 3464, 5965, 3834 and 8098 shape them, in the dress of the servers that send them. */

export interface Sample {
  title: string;
  message: string;
  expected: { kind: string; counts?: boolean; recipient?: string; status?: string }[];
  /** The returned mail's own id is to be found. */
  traced: boolean;
}

export const messageId = "5f1c0ffee.42@news.example.org";
export const returnPath = "bounces+0123456789abcdef0123-0123456789ab@news.example.org";

/** IANA's registry of enhanced status codes: how many details each subject has. */
const details = [0, 10, 4, 6, 7, 6, 10, 30];

const gone = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"];
const blamesUs = /^[45]\.(?:1\.[78]|2\.3|3\.4|5\.[1-9]\d*|[67]\.\d+)$/;

export function samples(): Sample[] {
  return [...everyCode(), ...dsnShapes(), ...complaints(), ...prose(), ...answers()];
}

function everyCode(): Sample[] {
  return ["4", "5"].flatMap((type) =>
    details.flatMap((last, subject) =>
      Array.from({ length: last + 1 }, (_, detail) => {
        const status = `${type}.${subject}.${detail}`;
        const recipient = `reader${subject}-${detail}@example.net`;
        const kind = gone.includes(status) ? "hard" : "soft";
        return {
          title: `status ${status}`,
          message: dsn({ recipients: [{ recipient, status, action: "failed" }], style: (subject + detail) % 4 }),
          expected: [{ kind, counts: !blamesUs.test(status), recipient, status }],
          traced: true,
        };
      }),
    ),
  );
}

interface Recipient {
  recipient: string;
  status?: string;
  action?: string;
  diagnostic?: string;
  original?: string;
}

interface Shape {
  recipients: Recipient[];
  style?: number;
  /** Of what came back: the whole mail, its header alone, or nothing. */
  returned?: "mail" | "header" | "nothing";
  subject?: string;
  words?: string;
  newline?: string;
}

export function dsn({ recipients, style = 0, returned = "mail", subject, words, newline = "\r\n" }: Shape): string {
  const boundary = `=_part_${style}`;
  const from = [
    "MAILER-DAEMON@mx.example.net (Mail Delivery System)",
    "Mail Delivery Subsystem <mailer-daemon@mx.example.net>",
    "postmaster@mx.example.net",
    "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.net>",
  ][style];
  const groups = recipients.map(({ recipient, status, action, diagnostic, original }) =>
    [
      original && `Original-Recipient: rfc822;${original}`,
      `Final-Recipient: rfc822; ${style === 1 ? `<${recipient}>` : recipient}`,
      action && `Action: ${action}`,
      status && `Status: ${status}${style === 3 ? " (see the text)" : ""}`,
      diagnostic !== "" &&
        `Diagnostic-Code: smtp; ${diagnostic ?? `${status?.[0]}50 ${status} mx.example.net said so`}`,
    ]
      .filter(Boolean)
      .join("\n"),
  );
  const copy = {
    mail: ["Content-Type: message/rfc822", "", original(), "", "Hello reader"],
    header: ["Content-Type: text/rfc822-headers", "", original()],
    nothing: null,
  }[returned];
  return [
    "Return-Path: <>",
    `Delivered-To: ${returnPath}`,
    `From: ${from}`,
    `Subject: ${subject ?? "Undelivered mail"}`,
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    words ?? "Your mail did not arrive.",
    "",
    `--${boundary}`,
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.net",
    "",
    groups.join("\n\n"),
    "",
    ...(copy ? [`--${boundary}`, ...copy, ""] : []),
    `--${boundary}--`,
    "",
  ]
    .join("\n")
    .replaceAll("\n", newline);
}

function original(to = "reader@example.net"): string {
  return `From: Example <news@example.org>\nTo: ${to}\nSubject: News\nMessage-ID: <${messageId}>`;
}

function dsnShapes(): Sample[] {
  const hard = { status: "5.1.1", action: "failed" };
  const expected = (recipient: string) => ({ kind: "hard", counts: true, recipient, status: "5.1.1" });
  const ada = "ada@example.net";
  const languages = {
    German: ["Unzustellbar: Nachrichten", "Die Nachricht konnte nicht zugestellt werden."],
    French: ["Non remis : nouvelles", "Le message n'a pas été remis."],
    Spanish: ["No se pudo entregar", "El correo no llegó al buzón."],
    Japanese: ["配信不能", "メールは配信されませんでした。"],
    Russian: ["Не доставлено", "Письмо не доставлено."],
    Chinese: ["未能送达", "邮件未能送达。"],
    Portuguese: ["Não entregue", "A mensagem não chegou."],
    Dutch: ["Niet bezorgd", "Het bericht kwam niet aan."],
  };
  return [
    {
      title: "three recipients with three fates",
      message: dsn({
        recipients: [
          { recipient: ada, ...hard },
          { recipient: "ben@example.net", status: "4.2.2", action: "failed" },
          { recipient: "cy@example.net", status: "2.1.5", action: "delivered" },
        ],
      }),
      expected: [
        expected(ada),
        { kind: "soft", counts: true, recipient: "ben@example.net", status: "4.2.2" },
        { kind: "auto-reply", recipient: "cy@example.net" },
      ],
      traced: true,
    },
    ...[2, 10, 100].map((count) => {
      const recipients = Array.from({ length: count }, (_, index) => `r${index}@example.net`);
      return {
        title: `${count} recipients`,
        message: dsn({ recipients: recipients.map((recipient) => ({ recipient, ...hard })) }),
        expected: recipients.map(expected),
        traced: true,
      };
    }),
    ...[0, 1, 2, 3].map((style) => ({
      title: `nothing of our mail, style ${style}`,
      message: dsn({ recipients: [{ recipient: ada, ...hard }], returned: "nothing", style }),
      expected: [expected(ada)],
      traced: false,
    })),
    ...Object.entries({
      "5.4.4": [
        "X-Postfix; Host or domain name not found. Name service error for name=gone.example type=A: Host not found",
        "hard",
      ],
      "5.4.1": ["smtp; 550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "hard"],
      "5.7.1": ["smtp; 550 5.7.1 Recipient address rejected: User unknown in virtual mailbox table", "hard"],
      "5.4.6": ["X-Postfix; mail for example.net loops back to myself", "soft"],
      "5.7.0": ["smtp; 550 5.7.0 Recipient address rejected: Access denied", "soft"],
      "4.4.3": ["X-Postfix; Host or domain name not found. Name service error: Host not found, try again", "soft"],
    } as const).map(([status, [diagnostic, kind]]) => ({
      title: `${status} with words of its own: ${diagnostic}`,
      message: dsn({ recipients: [{ recipient: ada, status, action: "failed", diagnostic }] }),
      expected: [{ kind, recipient: ada, status }],
      traced: true,
    })),
    {
      title: "only our header",
      message: dsn({ recipients: [{ recipient: ada, ...hard }], returned: "header" }),
      expected: [expected(ada)],
      traced: true,
    },
    {
      title: "bare line feeds",
      message: dsn({ recipients: [{ recipient: ada, ...hard }], newline: "\n" }),
      expected: [expected(ada)],
      traced: true,
    },
    {
      title: "a forwarding: the original recipient is ours",
      message: dsn({ recipients: [{ recipient: "elsewhere@example.com", original: ada, ...hard }] }),
      expected: [expected(ada)],
      traced: true,
    },
    {
      title: "a delay",
      message: dsn({ recipients: [{ recipient: ada, status: "4.4.1", action: "delayed" }] }),
      expected: [{ kind: "soft", counts: false, recipient: ada }],
      traced: true,
    },
    {
      title: "a status that says nothing beside an answer that does",
      message: dsn({
        recipients: [{ recipient: ada, status: "5.0.0", action: "failed", diagnostic: "550 5.1.1 user unknown" }],
      }),
      expected: [expected(ada)],
      traced: true,
    },
    {
      title: "a filter that hides behind 5.1.0",
      message: dsn({
        recipients: [{ recipient: ada, status: "5.1.0", action: "failed", diagnostic: "550 sender blocked as spam" }],
      }),
      expected: [{ kind: "soft", counts: false, recipient: ada }],
      traced: true,
    },
    {
      title: "no diagnostic but a sentence",
      message: dsn({
        recipients: [{ recipient: ada, status: "5.0.0", action: "failed", diagnostic: "" }],
        words: "The other server said:\n550 no such user here\n",
      }),
      expected: [{ kind: "hard", counts: true, recipient: ada }],
      traced: true,
    },
    ...Object.entries(languages).map(([language, [subject, words]]) => ({
      title: `in ${language}`,
      message: dsn({
        recipients: [{ recipient: ada, ...hard }],
        subject: `=?utf-8?B?${Buffer.from(subject ?? "").toString("base64")}?=`,
        words: words ?? "",
      }),
      expected: [expected(ada)],
      traced: true,
    })),
  ];
}

function complaints(): Sample[] {
  const kinds = {
    abuse: "complaint",
    fraud: "complaint",
    virus: "complaint",
    other: "complaint",
    "not-spam": "auto-reply",
  };
  const address = "reader@example.net";
  const report = (type: string, fields: string[], to: string) =>
    [
      "From: <feedback@example.net>",
      `To: ${returnPath}`,
      "Subject: FW: News",
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=feedback-report; boundary="arf"',
      "",
      "--arf",
      "Content-Type: text/plain",
      "",
      "This is a report about a mail from your address.",
      "",
      "--arf",
      "Content-Type: message/feedback-report",
      "",
      `Feedback-Type: ${type}`,
      "User-Agent: Loop/1.0",
      "Version: 1",
      ...fields,
      "",
      "--arf",
      "Content-Type: message/rfc822",
      "",
      original(to),
      "",
      "Hello",
      "",
      "--arf--",
      "",
    ].join("\r\n");
  return [
    ...Object.entries(kinds).flatMap(([type, kind]) => [
      {
        title: `a report of ${type}`,
        message: report(type, [`Original-Rcpt-To: ${address}`], address),
        expected: [{ kind, recipient: address }],
        traced: true,
      },
      {
        title: `a report of ${type} without the recipient's field`,
        message: report(type, [], address),
        expected: [{ kind, recipient: address }],
        traced: true,
      },
    ]),
    {
      title: "Microsoft's junk mail reporting",
      message: [
        ...[
          "From: staff@mailer.example",
          "To: abuse@news.example.org",
          "Subject: complaint about message from 192.0.2.1",
        ],
        ...["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=jmrp", "", "--jmrp"],
        ...["Content-Type: message/rfc822", "", `X-HmXmrOriginalRecipient: ${address}`, original(address), "", "Hello"],
        ...["", "--jmrp--", ""],
      ].join("\r\n"),
      expected: [{ kind: "complaint", recipient: address }],
      traced: true,
    },
    {
      title: "a report with the address taken out",
      message: report("abuse", ["Original-Mail-From: <x@news.example.org>"], "undisclosed recipients"),
      expected: [{ kind: "complaint" }],
      traced: true,
    },
  ];
}

function prose(): Sample[] {
  const mail = (headers: string[], lines: string[]) =>
    [...headers, "Content-Type: text/plain; charset=utf-8", "", ...lines, ""].join("\r\n");
  const copy = ["--- Below this line is a copy of the message.", "", `Message-ID: <${messageId}>`];
  const qmail = ["From: MAILER-DAEMON@mx.example.net", "Subject: failure notice"];
  const exim = ["From: Mail Delivery System <Mailer-Daemon@mx.example.net>", "Subject: Mail delivery failed"];
  return [
    {
      title: "qmail, nobody of that name",
      message: mail(qmail, [
        "Hi. This is the qmail-send program at mx.example.net.",
        "",
        "<ada@example.net>:",
        "Sorry, no mailbox here by that name. (#5.1.1)",
        "",
        ...copy,
      ]),
      expected: [{ kind: "hard", recipient: "ada@example.net", status: "5.1.1" }],
      traced: true,
    },
    {
      title: "qmail, a full mailbox",
      message: mail(qmail, [
        "Hi. This is the qmail-send program at mx.example.net.",
        "",
        "<ada@example.net>:",
        "552 mailbox is full",
        "",
        ...copy,
      ]),
      expected: [{ kind: "soft", counts: true, recipient: "ada@example.net" }],
      traced: true,
    },
    {
      title: "Exim with its header",
      message: mail(
        [...exim, "X-Failed-Recipients: ada@example.net"],
        ["A message could not be delivered:", "", "  ada@example.net", "    550 unknown user", "", ...copy],
      ),
      expected: [{ kind: "hard", recipient: "ada@example.net" }],
      traced: true,
    },
    {
      title: "Exim with two recipients",
      message: mail(
        [...exim, "X-Failed-Recipients: ada@example.net, ben@example.net"],
        ["  ada@example.net", "    550 unknown user", "  ben@example.net", "    550 blocked by policy", "", ...copy],
      ),
      expected: [
        { kind: "hard", recipient: "ada@example.net" },
        { kind: "soft", counts: false, recipient: "ben@example.net" },
      ],
      traced: true,
    },
    ...Object.entries({
      Domino: "User ada not listed in Domino Directory",
      German: "550 Postfach existiert nicht",
      French: "L'adresse n'existe pas.",
      Spanish: "550 usuario desconocido",
      Russian: "550 пользователь не найден",
      Japanese: "550 宛先不明",
    }).map(([language, words]) => ({
      title: `nobody of that name, in the words of ${language}`,
      message: mail(
        ["From: MAILER-DAEMON@mx.example.net", "Subject: Delivery failure", "Content-Type: text/plain; charset=utf-8"],
        ["Your mail was not delivered to:", "", "  ada@example.net", `    ${words}`, "", ...copy],
      ),
      expected: [{ kind: "hard", recipient: "ada@example.net" }],
      traced: true,
    })),
    {
      title: "a warning of delay",
      message: mail(
        [...exim, "X-Failed-Recipients: ada@example.net"],
        ["Your message is delayed; it is still being retried."],
      ),
      expected: [{ kind: "soft", counts: false, recipient: "ada@example.net" }],
      traced: false,
    },
    {
      title: "a report whose structure was lost",
      message: mail(
        ["From: MAILER-DAEMON@mx.example.net", "Subject: Undeliverable"],
        ["Final-Recipient: rfc822; ada@example.net", "Action: failed", "Status: 5.1.1", "", ...copy],
      ),
      expected: [{ kind: "hard", recipient: "ada@example.net", status: "5.1.1" }],
      traced: true,
    },
  ];
}

function answers(): Sample[] {
  const answer = (title: string, kind: string, headers: string[], text = "I am away.") => ({
    title,
    message: ["From: Ada <ada@example.net>", ...headers, "", text, ""].join("\r\n"),
    expected: [{ kind }],
    traced: headers.some((line) => line.includes(messageId)),
  });
  return [
    answer("RFC 3834", "auto-reply", [
      "Subject: Re: News",
      "Auto-Submitted: auto-replied",
      `In-Reply-To: <${messageId}>`,
    ]),
    answer("an old answering machine", "auto-reply", ["Subject: Re: News", "X-Autoreply: yes"]),
    answer("Precedence", "auto-reply", ["Subject: Re: News", "Precedence: auto_reply"]),
    ...[
      "Out of office: News",
      "Automatic reply: News",
      "Abwesenheit bis Montag",
      "Réponse automatique",
      "自動応答",
    ].map((subject) =>
      answer(`the subject ${subject}`, "auto-reply", [
        `Subject: =?utf-8?B?${Buffer.from(subject).toString("base64")}?=`,
      ]),
    ),
    answer(
      "a person who writes about a bounce",
      "unknown",
      ["Subject: your mail came back", "Auto-Submitted: no"],
      "It said 550 5.1.1 user unknown.",
    ),
    answer("a person who leaves by mail", "unsubscribe", ["Subject: unsubscribe"]),
  ];
}
