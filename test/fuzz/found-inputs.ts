/** Inputs of readers that once took minutes or ended the process, by the number that they are made of. */

export const foundInputs: readonly [reader: string, seed: number, did: string][] = [
  ["bounces", 374, "looked for a Message-ID from each blank line to the next word, for hours"],
  ["notes", 27, "overflowed the stack with open sections"],
];
