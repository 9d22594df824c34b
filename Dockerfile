# One image for every process of Gendan; the command names which: order, logistics, customer, analytics or gateway.
# docker-compose.yml builds and starts it. Needs BuildKit, as Docker has had since version 23, and Docker 25 to run.

FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app

# What npm reads, and nothing else: the two installations are made again only when this changes.
FROM base AS manifests
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete \
 && find . -type d -empty -delete

FROM base AS dependencies
COPY --from=manifests /app ./
# The compiler is a dev dependency, but npm leaves it in: one of the others can make use of it, and here does not.
RUN npm ci --omit=dev \
 && rm -r node_modules/typescript node_modules/.bin/tsc node_modules/.bin/tsserver

FROM base AS build
COPY --from=manifests /app ./
RUN npm ci
COPY . .
# Only what was built goes on: no sources, no maps to them, nothing that is for tests.
RUN npm run build \
 && rm -r libs/testing \
 && find apps libs -mindepth 2 -maxdepth 2 ! -name dist ! -name package.json -exec rm -r {} + \
 && find apps libs -name '*.map' -delete

FROM base AS runtime
LABEL org.opencontainers.image.title="Gendan" org.opencontainers.image.licenses="Apache-2.0"
# tini passes signals on and buries orphans, whoever starts the container.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/* \
 && install --directory --owner=1000 --group=1000 /var/lib/gendan
# The flags are those of tools/run.mjs. A container's addresses are its own: it listens on all of them.
ENV NODE_ENV=production \
    NODE_OPTIONS="--max-semi-space-size=8 --disable-warning=ExperimentalWarning --disable-warning=TimeoutNegativeWarning" \
    GENDAN_HOST=0.0.0.0
COPY --from=dependencies /app ./
COPY --from=build /app/apps ./apps
COPY --from=build /app/libs ./libs
COPY mappings ./mappings
COPY LICENSE ./
COPY docker/health.mjs ./docker/
COPY --chmod=0755 docker/gendan /usr/local/bin/
# The user `node`; a number, so that whoever runs the image can see that it is not root.
USER 1000:1000
# Where the default data folder is: audit streams alone, while every engine is a server.
WORKDIR /var/lib/gendan
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
  CMD ["node", "/app/docker/health.mjs", "4000"]
ENTRYPOINT ["tini", "--", "node", "/app/apps/all-in-one/dist/processes/serve-main.js", "--port", "4000"]
CMD ["--help"]
