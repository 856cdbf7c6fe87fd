# syntax=docker/dockerfile:1
# The image of every Rekey process; ROLE says which one it is. It was not built where it was written, as
# no container engine runs there: its commands were, one by one, in a plain folder (docs/operations.md,
# "Containers").

FROM node:24-slim AS source
ENV CI=true DO_NOT_TRACK=1 TURBO_TELEMETRY_DISABLED=1
RUN npm install --global pnpm@12.21.0
WORKDIR /rekey
COPY . .

FROM source AS build
RUN pnpm install --frozen-lockfile
RUN pnpm build

# The server is bundled; it still takes native code and WebAssembly from node_modules.
FROM source AS production
RUN pnpm install --prod --frozen-lockfile --filter @rekey/server
# The type checker that tRPC names as a peer.
RUN rm -rf node_modules/.pnpm/@typescript+* node_modules/.pnpm/typescript@*

FROM node:24-slim
ENV NODE_ENV=production DATA_DIR=/data
RUN mkdir --mode=700 /data && chown node:node /data
WORKDIR /rekey
COPY --from=production /rekey/package.json ./
COPY --from=production /rekey/node_modules node_modules
COPY --from=production /rekey/apps/server/node_modules apps/server/node_modules
COPY --from=build /rekey/apps/server/package.json apps/server/package.json
COPY --from=build /rekey/apps/server/dist apps/server/dist
COPY --from=build /rekey/packages/db/prisma packages/db/prisma
COPY --from=build /rekey/packages/db/generated/template packages/db/generated/template
COPY --from=build /rekey/packages/accounts/common-passwords packages/accounts/common-passwords
COPY --from=build /rekey/apps/web/dist apps/web/dist
COPY --from=build /rekey/apps/web/generated apps/web/generated
RUN mkdir --parents node_modules/.cache && chown node:node node_modules/.cache
USER node
# Loads everything, refuses the missing settings with 78, and leaves the compiled code for the next start.
RUN node --max-semi-space-size=8 --max-old-space-size=320 apps/server/dist/main.js || [ $? = 78 ]
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1 and gets SIGTERM; its options are those of apps/server/node-options.json.
CMD ["node", "--max-semi-space-size=8", "--max-old-space-size=320", "apps/server/dist/main.js"]
