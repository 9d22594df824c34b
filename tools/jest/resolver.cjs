// How Jest finds modules: sources instead of dist, for the workspace's own files only. A dependency's own relative
// imports stay as they are: some packages ship the .ts beside the .js.
const { existsSync, readdirSync } = require("node:fs");
const { join, resolve, sep } = require("node:path");

const root = resolve(__dirname, "../..");
const own = (folder) => folder.startsWith(root + sep) && !folder.includes(`${sep}node_modules${sep}`);

const folders = new Map(
  ["libs", "apps"].flatMap((kind) =>
    existsSync(join(root, kind))
      ? readdirSync(join(root, kind)).map((name) => [name, join(root, kind, name, "src")])
      : [],
  ),
);

module.exports = function resolveModule(request, options) {
  const source = sourceOf(request, options.basedir);
  return source !== undefined && existsSync(source) ? source : options.defaultResolver(request, options);
};

function sourceOf(request, basedir) {
  if (request.startsWith("@gendan/")) {
    const [, name, ...rest] = request.split("/");
    const folder = folders.get(name);
    return folder && join(folder, rest.length === 0 ? "index.ts" : `${rest.join("/")}.ts`);
  }
  if (/^\.{1,2}\/.*\.js$/.test(request) && own(basedir)) return resolve(basedir, request.replace(/\.js$/, ".ts"));
  return undefined;
}
