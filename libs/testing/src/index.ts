// What tests are made of. Needs Jest: what runs without it imports the single files.
export * from "./child.js";
export * from "./given.js";
export * from "./temporary.js";
export * from "./virtual-clock.js";
export * from "./wait.js";
export * from "./suites/document-store.suite.js";
export * from "./suites/event-bus.suite.js";
export * from "./suites/event-store.suite.js";
export * from "./suites/folding.suite.js";
export * from "./suites/kernel.suite.js";
export * from "./suites/key-store.suite.js";
export * from "./suites/master-keys.suite.js";
export * from "./suites/new-events.js";
export * from "./suites/opened.js";
