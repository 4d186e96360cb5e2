/** Reads as much of an answer as is wanted. What follows, also if a packed kilobyte became a gigabyte, is never unpacked. */

export async function beginningOf(response: Response, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= mostBytes) break;
  }
  return Buffer.concat(chunks).toString("utf8").slice(0, mostBytes);
}
