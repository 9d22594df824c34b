// What the kernel offers.
export * from "./actor.js";
export * from "./decider.js";
export * from "./event.js";
export * from "./faults.js";
export * from "./ids.js";
export * from "./message.js";
export * from "./scope.js";
export * from "./values/day.js";
export * from "./values/money.js";
export * from "./values/quantity.js";
export * from "./ports/clock.js";
export * from "./ports/document-store.js";
export * from "./ports/event-bus.js";
export * from "./ports/event-store.js";
export * from "./ports/key-store.js";
