// Who may import whom (ARCHITECTURE.md), as two lint rules: gendan/boundaries over the tables below, and gendan/pure for
// the rooms that neither look at a clock nor roll dice. Each has fixtures that must fail, in fixtures/.
import { isBuiltin } from "node:module";
import { posix, relative } from "node:path";
import { root } from "../workspace.mjs";

/** What each library may import of the workspace; specs also import testing. */
const libraries = {
  contracts: [],
  eventing: [],
  adapters: ["eventing"],
  security: ["eventing"],
  "service-kit": ["eventing"],
  testing: ["eventing", "contracts"],
};

// An app may import every library but adapters and testing; its main.ts also adapters, its specs both.

/** These put the apps together, so they import the apps' modules, and the adapters. */
const composers = ["all-in-one", "cli"];

/** These have no rooms; every other app is a service. */
const roomless = [...composers, "gateway"];

/**
 * The rooms of a service: which libraries and which other rooms each may import. `typesOf` names what it may import with
 * `import type` alone; `eventsOf` the rooms of which it may import `*.events` files alone. A pure room imports no framework
 * and no platform, a closed one no package at all.
 */
const rooms = {
  domain: { libraries: ["eventing"], rooms: [], pure: true, closed: true },
  stored: { libraries: ["eventing"], rooms: ["domain"] },
  write: { libraries: ["eventing", "security"], rooms: ["domain", "stored"] },
  relay: { libraries: ["eventing", "contracts"], rooms: ["domain"], pure: true },
  read: { libraries: ["eventing", "contracts", "security"], rooms: ["domain"], eventsOf: ["domain"], pure: true },
  react: { libraries: ["eventing", "contracts"], rooms: ["domain"], pure: true },
  api: {
    libraries: ["eventing", "contracts", "security", "service-kit"],
    rooms: ["write", "read", "domain"],
    typesOf: ["contracts", "domain"],
  },
};

const messages = {
  library: "libs/{{from}} may import {{allowed}}, not {{target}}.",
  adapters: "Only main.ts files, all-in-one, cli and specs import adapters: what needs an engine is given its port.",
  testing: "Only specs import @gendan/testing.",
  otherApp:
    "Apps never import apps: {{from}} hears of {{target}} through @gendan/contracts (only all-in-one and cli compose apps).",
  leaves: "A relative import stays inside its package: {{target}} is imported by its name.",
  noRoom:
    "{{folder}}/ is no room of a service. The rooms: {{allowed}}; main.ts, config.ts and *.module.ts lie beside them.",
  room: "{{from}}/ may import {{allowed}}, not {{target}}.",
  events: "{{from}}/ may import *.events files alone of {{room}}/, not {{target}}.",
  types: "{{from}}/ may import types alone of {{target}}: write `import type`.",
  platform: "{{from}}/ is pure: it imports no @nestjs package and no module of the platform, so not {{target}}.",
  closed: "{{from}}/ imports no package but @gendan/eventing, so not {{target}}.",
};

// Where a file is ---------------------------------------------------------------------------------------------------------

/** `libs/x/src/…` or `apps/x/src/…`, as { kind, name, path, room, isSpec }; undefined outside the packages. */
function placeOf(path) {
  const parts = /^(libs|apps)\/([^/]+)\/src\/(.+)$/.exec(path);
  if (!parts) return undefined;
  const [, kind, name, inside] = parts;
  const folder = inside.includes("/") ? inside.slice(0, inside.indexOf("/")) : undefined;
  const isSpec = /(^|[./])spec\.ts$|^properties\//.test(inside);
  const room = kind === "apps" && !roomless.includes(name) && folder !== "properties" ? folder : undefined;
  return { kind, name, path: inside, room, isSpec };
}

/** The place that an import names; undefined for packages from outside the workspace. */
function targetOf(specifier, file) {
  const named = /^@gendan\/([^/]+)(?:\/(.+))?$/.exec(specifier);
  if (named) {
    const [, name, inside = "index"] = named;
    return placeOf(`${name in libraries ? "libs" : "apps"}/${name}/src/${inside}.ts`);
  }
  if (!specifier.startsWith(".")) return undefined;
  const path = posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts");
  return placeOf(path) ?? { kind: "outside", name: path };
}

const samePackage = (one, other) => one.kind === other.kind && one.name === other.name;

// What is wrong with an import: [messageId, data], or undefined -------------------------------------------------------------

function faultOf(from, specifier, file, isType) {
  const to = targetOf(specifier, file);
  if (to === undefined) return packageFault(from, specifier);
  if (specifier.startsWith(".") && !samePackage(from, to)) return ["leaves", { target: nameOf(to) }];
  if (!samePackage(from, to)) {
    const fault = from.kind === "libs" ? libraryFault(from, to) : appFault(from, to);
    if (fault) return fault;
  }
  return from.room === undefined || from.isSpec ? undefined : roomFault(from, to, isType);
}

function libraryFault(from, to) {
  if (to.name === "testing") return from.isSpec ? undefined : ["testing", {}];
  const allowed = libraries[from.name] ?? [];
  if (allowed.includes(to.name)) return undefined;
  return ["library", { from: from.name, allowed: listed(allowed.map(packageName)), target: nameOf(to) }];
}

function appFault(from, to) {
  const composes = composers.includes(from.name);
  if (to.kind === "apps") return composes ? undefined : ["otherApp", { from: from.name, target: to.name }];
  if (to.name === "testing") return from.isSpec ? undefined : ["testing", {}];
  const mayHaveEngines = composes || from.isSpec || from.path === "main.ts";
  return to.name === "adapters" && !mayHaveEngines ? ["adapters", {}] : undefined;
}

function roomFault(from, to, isType) {
  const room = rooms[from.room];
  if (!room) return undefined; // reported once for the whole file
  const inside = samePackage(from, to);
  if (inside && to.room === from.room) return undefined;
  const target = inside ? to.room : to.name;
  if (!(inside ? room.rooms : room.libraries).includes(target)) {
    return ["room", { from: from.room, allowed: allowedIn(from.room, room), target: inside ? to.path : nameOf(to) }];
  }
  if (inside && room.eventsOf?.includes(target) && !to.path.endsWith(".events.ts")) {
    return ["events", { from: from.room, room: target, target: to.path }];
  }
  if (room.typesOf?.includes(target) && !isType) {
    return ["types", { from: from.room, target: inside ? to.path : nameOf(to) }];
  }
  return undefined;
}

function packageFault(from, specifier) {
  const room = from.isSpec ? undefined : rooms[from.room];
  if (room?.pure && (isBuiltin(specifier) || specifier.startsWith("@nestjs/"))) {
    return ["platform", { from: from.room, target: specifier }];
  }
  return room?.closed ? ["closed", { from: from.room, target: specifier }] : undefined;
}

const packageName = (name) => `@gendan/${name}`;
const nameOf = (place) => (place.kind === "outside" ? place.name : packageName(place.name));

function allowedIn(name, room) {
  const marked = (folder) =>
    `${folder}/${room.eventsOf?.includes(folder) ? " (events)" : ""}${room.typesOf?.includes(folder) ? " (types)" : ""}`;
  const library = (lib) => `${packageName(lib)}${room.typesOf?.includes(lib) ? " (types)" : ""}`;
  return listed([...room.libraries.map(library), ...room.rooms.map(marked), `${name}/`]);
}

function listed(names) {
  if (names.length === 0) return "nothing of the workspace";
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

// The rules -----------------------------------------------------------------------------------------------------------------

const fileOf = (context) => relative(root, context.filename).replaceAll("\\", "/");

const boundaries = {
  meta: { type: "problem", docs: { description: "who may import whom" }, schema: [], messages },
  create(context) {
    const file = fileOf(context);
    const from = placeOf(file);
    if (!from) return {};
    const check = (source, isType) => {
      if (typeof source?.value !== "string") return;
      const [messageId, data] = faultOf(from, source.value, file, isType) ?? [];
      if (messageId) context.report({ node: source, messageId, data });
    };
    return {
      Program(node) {
        if (from.room === undefined || from.room in rooms) return;
        context.report({ node, messageId: "noRoom", data: { folder: from.room, allowed: listed(Object.keys(rooms)) } });
      },
      ImportDeclaration: (node) => check(node.source, isTypeImport(node, node.importKind, "importKind")),
      ExportNamedDeclaration: (node) => check(node.source, isTypeImport(node, node.exportKind, "exportKind")),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === "type"),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source ?? node.argument?.literal, true),
    };
  },
};

const isTypeImport = (node, kind, field) =>
  kind === "type" || (node.specifiers.length > 0 && node.specifiers.every((specifier) => specifier[field] === "type"));

/** Globals that answer differently each time: whole, or one property of them. */
const impure = {
  Date: ["now"],
  Math: ["random"],
  performance: "any",
  crypto: "any",
  process: "any",
};
const impureCalls = ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "fetch"];

const pure = {
  meta: {
    type: "problem",
    docs: { description: "no clock, no dice, no platform in pure rooms" },
    schema: [],
    messages: {
      impure:
        "{{from}}/ is pure: {{what}} does not belong here; times, ids and facts come with the command or the event.",
    },
  },
  create(context) {
    const from = placeOf(fileOf(context));
    if (!from || from.isSpec || !rooms[from.room]?.pure) return {};
    const report = (node, what) => context.report({ node, messageId: "impure", data: { from: from.room, what } });
    const globalName = (node) =>
      node.type === "Identifier" && isGlobal(node, context.sourceCode) ? node.name : undefined;
    return {
      MemberExpression(node) {
        const name = globalName(node.object);
        const properties = Object.hasOwn(impure, name ?? "") ? impure[name] : [];
        const property = node.computed ? node.property.value : node.property.name;
        if (properties === "any" || properties.includes(property)) report(node, `${name}.${property}`);
      },
      NewExpression(node) {
        if (globalName(node.callee) === "Date" && node.arguments.length === 0)
          report(node, "new Date() without an argument");
      },
      CallExpression(node) {
        const name = globalName(node.callee);
        if (name === "Date" || impureCalls.includes(name)) report(node, `${name}()`);
      },
    };
  },
};

function isGlobal(node, sourceCode) {
  for (let scope = sourceCode.getScope(node); scope; scope = scope.upper) {
    const variable = scope.set.get(node.name);
    if (variable) return variable.defs.length === 0;
  }
  return true;
}

/** The part of eslint.config.js that keeps the boundaries; the spec lints its fixtures with the very same. */
export const boundariesConfig = {
  name: "gendan/boundaries",
  files: ["libs/*/src/**/*.ts", "apps/*/src/**/*.ts"],
  plugins: { gendan: { rules: { boundaries, pure } } },
  rules: { "gendan/boundaries": "error", "gendan/pure": "error" },
};

export const messageIds = [...Object.keys(messages), ...Object.keys(pure.meta.messages)];
