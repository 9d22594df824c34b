// What each service needs around its logic.
export * from "./background/background-strategy.js";
export * from "./config/base-config.js";
export * from "./config/read-config.js";
export * from "./graphql/context.js";
export * from "./graphql/cursor.js";
export * from "./graphql/documents.js";
export * from "./graphql/errors.js";
export * from "./graphql/input.js";
export * from "./graphql/payloads.js";
export * from "./graphql/route.js";
export * from "./graphql/scalars.js";
export * from "./graphql/sdl.js";
export * from "./graphql/subgraph.js";
export * from "./graphql/subgraph-driver.js";
export * from "./health/health.js";
export * from "./logging/log.js";
