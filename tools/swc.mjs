// How TypeScript becomes JavaScript, said once for the build (tools/build.mjs) and the tests (jest.config.mjs).

/** ESM for Node 24 with the decorators that Nest needs. The types are tsc's business (`npm run types`). */
export const swcOptions = {
  swcrc: false,
  configFile: false,
  module: { type: "es6" },
  jsc: {
    target: "esnext",
    parser: { syntax: "typescript", decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: false,
      verbatimModuleSyntax: true,
    },
    experimental: { keepImportAttributes: true },
  },
};
