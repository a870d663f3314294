# syntax=docker/dockerfile:1
# Millrace on one machine as a container: the embedded server with the web client.
#
#   docker build --tag millrace .
#   docker run --rm --read-only --publish 127.0.0.1:3000:3000 --volume millrace:/data millrace
#
# The port must be published as the same number: links in mails name it.

FROM node:22-bookworm-slim AS client
WORKDIR /source/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY web ./
RUN npm run build

FROM rust:1.95-bookworm AS server
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    RUSTUP_TOOLCHAIN=$RUST_VERSION cargo build --locked --release --package millrace-server \
    && strip --strip-all --output /millrace target/release/millrace

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="Millrace" \
      org.opencontainers.image.description="Team boards, backlogs and sprints, on one machine" \
      org.opencontainers.image.source="https://github.com/millrace/millrace" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --home-dir /data --no-create-home millrace \
    && install --directory --owner millrace --group millrace --mode 0700 /data
COPY --from=server /millrace /usr/local/bin/millrace
COPY --from=client /source/web/dist /usr/local/share/millrace/web
COPY LICENSE /usr/local/share/millrace/
USER millrace
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["millrace", "health"]
ENTRYPOINT ["millrace"]
CMD ["serve", "--address", "0.0.0.0", "--data", "/data", "--web", "/usr/local/share/millrace/web"]
