# Permiscope, run from its sources: Node 24 strips the types itself, so nothing is built.
FROM node:24.21.0-bookworm-slim

WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
# Not `npm ci`: it fails over the embedded database's packages for other platforms, which the registry lacks.
RUN npm install --omit=dev --no-audit --no-fund && npm cache clean --force
COPY . .

# The container's own address is not loopback; what is published of it must be (see docker-compose.yml).
ENV PERMISCOPE_CONTAINER=1 PERMISCOPE_HOST=0.0.0.0 PERMISCOPE_DATA=/data
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 4400
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:4400/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/permiscope.js"]
CMD ["serve"]
