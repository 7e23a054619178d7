// Bundles the browser's side of the widgets into static/. `npm ci && npm run build`.
//
// Both built files carry the digest of everything they were built from, so that a test without Node can tell whether
// they are current, and so that two versions on one page do not meet under one name.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "static");

/** SHA-256 over the names and contents of all sources, in the order of their names. `bundle.py` computes the same. */
function sourceDigest() {
  const names = ["build.mjs", "package-lock.json", "package.json"];
  for (const folder of ["css", "js"]) {
    names.push(...readdirSync(join(here, folder)).map((name) => `${folder}/${name}`));
  }
  const hash = createHash("sha256");
  for (const name of names.sort()) {
    hash.update(`${name}\0`).update(readFileSync(join(here, name))).update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

const digest = sourceDigest();
const shared = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: `/* iamlab, built from ${digest} */` },
  define: { BUILD: JSON.stringify(digest) },
  loader: { ".css": "text" },
  logLevel: "warning",
};

await build({ ...shared, entryPoints: [join(here, "js/loader.js")], outfile: join(out, "loader.js") });
const { metafile } = await build({
  ...shared,
  entryPoints: [join(here, "js/index.js")],
  outfile: join(out, "code.js"),
  metafile: true,
});
writeFileSync(join(out, "LICENSES.txt"), licenses(Object.keys(metafile.inputs)));

/** The licenses of the packages whose code went into the bundle: they ask to be passed on with it. */
function licenses(inputs) {
  const names = inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean);
  const notices = [...new Set(names)].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version}\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
  });
  return `code.js contains code of the packages below, under their licenses.\n\n${notices.join("\n\n")}`;
}
