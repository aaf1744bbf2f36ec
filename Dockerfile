# syntax=docker/dockerfile:1

# The build's image has the same distribution as the one that is shipped: the libraries of both must agree.
FROM swift:6.2-bookworm AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# Versions are those of the distribution's release, which gets security fixes only.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsqlite3-dev libyaml-dev libssl-dev zlib1g-dev libisal-dev libzstd-dev \
        libpq-dev libcurl4-openssl-dev libmosquitto-dev librdkafka-dev libnats-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Package.swift ./
COPY recipes ./recipes
COPY Sources ./Sources
COPY Tests ./Tests
RUN swift build -c release --static-swift-stdlib --product gen-dataset \
    && install -D --strip "$(swift build -c release --static-swift-stdlib --show-bin-path)/gen-dataset" /install/bin/gen-dataset

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsqlite3-0 libyaml-0-2 libssl3 zlib1g libisal2 libzstd1 libpq5 libcurl4 libstdc++6 \
        libmosquitto1 librdkafka1 libnats3.4 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin sensor \
    && install -d -o sensor -g sensor /app /app/data /app/config
COPY --from=build /install/bin/gen-dataset /usr/local/bin/gen-dataset
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
