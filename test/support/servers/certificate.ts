/** A certificate authority of our own and what it vouches for, made by openssl when it is first asked for. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  key: string;
  cert: string;
  /** Of the authority: who trusts it trusts the certificate. */
  ca: string;
}

/** @param name - such as `DNS:relay.example` or `IP:127.0.0.1`. */
export function makeCertificate(name: string): Certificate {
  const dir = mkdtempSync(join(tmpdir(), "postrider-certificate-"));
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: dir, stdio: "ignore" });
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...curve,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=Postrider tests",
    "-days",
    "2",
  );
  openssl("req", ...curve, "-keyout", "relay.key", "-out", "relay.csr", "-subj", "/CN=relay");
  writeFileSync(join(dir, "names"), `subjectAltName=${name}\n`);
  const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names"];
  openssl("x509", "-req", "-in", "relay.csr", "-out", "relay.pem", ...signed);
  const read = (file: string): string => readFileSync(join(dir, file), "utf8");
  const made = { key: read("relay.key"), cert: read("relay.pem"), ca: read("ca.pem") };
  rmSync(dir, { recursive: true });
  return made;
}
