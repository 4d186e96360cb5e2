/** Inputs of readers that once took too long, ended the process or were answered with an error of ours, by the number that they are made of. */

export const foundInputs: readonly [reader: string, seed: number, did: string][] = [
  ["bounces", 374, "looked for a Message-ID from each blank line to the next word, for hours"],
  ["notes", 27, "overflowed the stack with open sections"],
  ["backups", 51_100, "left the embedded database without errors, and then without answers"],
  ["backups", 52_550, "was looked through by the embedded database for ten seconds"],
  ["webhooks of Mailgun", 309, "was answered with 500, and so repeated by the provider"],
  ["webhooks of Postmark", 856, "was answered with 500, and so repeated by the provider"],
  ["webhooks of SendGrid", 1_909, "was answered with 500, and so repeated by the provider"],
];
