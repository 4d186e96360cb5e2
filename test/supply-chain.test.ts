/** Every installed package has a hash and a documented reason, and runs no script without a decision. */

import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (name: string): string => readFileSync(`${root}/${name}`, "utf8");

interface Locked {
  integrity?: string;
  resolved?: string;
  inBundle?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const packages = Object.entries(
  (JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> }).packages,
).filter(([path]) => path !== "");
const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
const named = (wanted: (locked: Locked) => boolean): string[] =>
  packages.filter(([, locked]) => wanted(locked)).map(([path]) => nameOf(path));
const manifest = JSON.parse(read("package.json")) as {
  dependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};

it("locks every package by a hash of its content, without an address", () => {
  expect(packages.length).toBeGreaterThan(400);
  // A bundled package is covered by the hash of the package that contains it.
  expect(named(({ integrity, inBundle }) => !inBundle && !integrity?.startsWith("sha512-"))).toEqual([]);
  expect(named(({ resolved }) => resolved !== undefined)).toEqual([]);
});

it("runs no install script without a decision", () => {
  const scripted = named(({ hasInstallScript }) => hasInstallScript === true);
  expect(scripted.sort()).toEqual(Object.keys(manifest.allowScripts).sort());
  const production = named(({ hasInstallScript, dev }) => hasInstallScript === true && !dev);
  expect(production.filter((name) => manifest.allowScripts[name] !== false)).toEqual([]);
});

it("documents the purpose of every package", () => {
  const table = [...read("docs/dependencies.md").matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name = ""]) => name);
  expect(table).toEqual(Object.keys(manifest.dependencies));
});

it("prints a bill of materials of the production packages", () => {
  const text = execFileSync("npm", ["run", "--silent", "sbom"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  const bill = JSON.parse(text) as { bomFormat: string; components: { name: string; group?: string }[] };
  expect(bill.bomFormat).toBe("CycloneDX");
  const names = bill.components.map(({ name }) => name);
  expect(names).toContain("nodemailer");
  expect(names).not.toContain("vitest");
});

it("passes inputs of the action through the environment only, and runs the image without privileges", () => {
  const { runs } = parse(read("action.yml")) as { runs: { steps: { run?: string }[] } };
  expect(runs.steps.filter(({ run = "" }) => run.includes("${{"))).toEqual([]);
  const [, image = ""] = read("Dockerfile")
    .split(/^FROM .*slim$/m)
    .slice(-2);
  expect(image).toMatch(/^USER node$/m);
  const { services } = parse(read("docker-compose.yml")) as { services: { app: Record<string, unknown> } };
  expect(services.app).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] });
});

it("puts the folders of the package into the image, too", () => {
  const { files } = JSON.parse(read("package.json")) as { files: string[] };
  const folders = files.filter((name) => statSync(join(root, name), { throwIfNoEntry: false })?.isDirectory());
  expect(folders).toContain("assets");
  const [, , image = ""] = read("Dockerfile").split(/^FROM /m);
  for (const folder of folders) expect(image).toContain(`COPY --from=build /postrider/${folder} ./${folder}\n`);
});
