# syntax=docker/dockerfile:1

# The build's image has the same distribution as the one that is shipped: the C library of both must agree.
FROM swift:6.2-bookworm AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# Versions are those of the distribution's release, which gets security fixes only.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 binutils libsqlite3-dev libyaml-dev libssl-dev zlib1g-dev libisal-dev libzstd-dev \
        libpq-dev libcurl4-openssl-dev libmosquitto-dev librdkafka-dev libnats-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# What is released, laid out as it is installed; scripts/build-image says how old it is.
ARG SOURCE_DATE_EPOCH=0
RUN scripts/build-release --tree /install

FROM debian:bookworm-slim
# What the program needs is inside, but for the client libraries of databases and brokers, and the certificates of those over TLS.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libpq5 libcurl4 libmosquitto1 librdkafka1 libnats3.4 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin sensor \
    && install -d -o sensor -g sensor /app /app/data /app/config
COPY --from=build /install /usr/local
COPY --chmod=755 container/entrypoint container/healthcheck /usr/local/bin/
COPY --chown=sensor:sensor container/config.yaml /app/config/config.yaml
USER 10001:10001
WORKDIR /app
# A container has a network of its own: what is reached from outside is decided by the ports that are published.
ENV CONFIG_FILE=/app/config/config.yaml \
    MONITORING_HOST=0.0.0.0
VOLUME ["/app/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["healthcheck"]
ENTRYPOINT ["entrypoint"]
CMD ["recipe", "--realtime"]
