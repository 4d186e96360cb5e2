/** A real IMAP and POP3 server, Debian's Dovecot, with one mailbox. */

import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../start-servers.ts";

const program = "/usr/sbin/dovecot";
export const hasDovecot = existsSync(program) && existsSync("/usr/lib/dovecot/pop3");

export interface Dovecot extends AsyncDisposable {
  url: string;
  popUrl: string;
  /** Puts a message into INBOX. */
  deliver(source: string): void;
  /** Messages that are there still: unread, and read. */
  left(): { unread: number; read: number };
}

export async function openDovecot(password = "s3cret-pass"): Promise<Dovecot> {
  const dir = mkdtempSync(join(tmpdir(), "postrider-imap-"));
  chmodSync(dir, 0o755);
  const port = await freePort();
  const popPort = await freePort();
  const { username, uid, gid } = owner();
  const mail = join(dir, "mail");
  for (const folder of ["cur", "new", "tmp"]) mkdirSync(join(mail, folder), { recursive: true });
  for (const folder of [mail, ...["cur", "new", "tmp"].map((name) => join(mail, name))]) chownSync(folder, uid, gid);
  const config = join(dir, "dovecot.conf");
  writeFileSync(
    config,
    `protocols = imap pop3
listen = 127.0.0.1
base_dir = ${join(dir, "run")}
state_dir = ${join(dir, "state")}
instance_name = ${port}
log_path = ${join(dir, "log")}
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = ${username}
default_login_user = ${username}
default_internal_group = ${group(gid)}
mail_location = maildir:${mail}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${dir}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  chroot =
  inet_listener pop3 {
    port = ${popPort}
  }
  inet_listener pop3s {
    port = 0
  }
}
service anvil {
  chroot =
}
`,
  );
  const child = spawn(program, ["-F", "-c", config], { stdio: "ignore" });
  await answering(port, child);
  let delivered = 0;
  return {
    url: `imap://bounces:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    popUrl: `pop3://bounces:${encodeURIComponent(password)}@127.0.0.1:${popPort}`,
    deliver(source) {
      const name = `${Date.now()}.${++delivered}.test`;
      writeFileSync(join(mail, "tmp", name), source.replace(/\r?\n/g, "\r\n"));
      chownSync(join(mail, "tmp", name), uid, gid);
      writeFileSync(join(mail, "new", name), source.replace(/\r?\n/g, "\r\n"));
      chownSync(join(mail, "new", name), uid, gid);
      rmSync(join(mail, "tmp", name));
    },
    left() {
      const read = readdirSync(join(mail, "cur")).filter((name) => /:2,.*S/.test(name)).length;
      return { read, unread: readdirSync(join(mail, "cur")).length + readdirSync(join(mail, "new")).length - read };
    },
    async [Symbol.asyncDispose]() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Dovecot gives no mailbox to root. */
function owner(): { username: string; uid: number; gid: number } {
  const me = userInfo();
  return me.uid === 0 ? { username: "nobody", uid: 65_534, gid: 65_534 } : me;
}

function group(gid: number): string {
  return gid === 65_534 ? "nogroup" : String(gid);
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`dovecot ended with ${child.exitCode}`);
    const there = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
    if (there) return;
    await sleep(50);
  }
  throw new Error("dovecot does not answer");
}
