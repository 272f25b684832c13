# One image: the program with its site. The steps are the Makefile's own.
# Base images are pinned by digest; the tag is for people. To move one: docker buildx imagetools inspect <tag>.
FROM node:22-bookworm-slim@sha256:43ac6c60b8f89723f746e8a92ce91abd5017e627ce1ddfe4238355d3a30b772c AS node

FROM rust:1.95.0-bookworm@sha256:6258907abe69656e41cd992e0b705cdcfabcbbe3db374f92ed2d47121282d4a1 AS build
COPY --from=node /usr/local/bin/ /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules/ /usr/local/lib/node_modules/
WORKDIR /src
COPY . .
# The clone's history stays outside the image, so the commit is handed in.
ARG REELSHEET_COMMIT=""
RUN make build
RUN mkdir -p /out/app /out/data \
    && cp -R target/release/reelsheet target/release/site LICENSE LICENSE-MIT LICENSE-APACHE /out/app/

# No shell, no package manager; the C library of the same Debian, and certificate roots.
FROM gcr.io/distroless/cc-debian12:nonroot@sha256:9dac0a79194e45a7da0158a9c6da57b217585af0786db3845d1f0ec1a0dd182f
COPY --from=build /out/app/ /app/
# A new volume takes its owner from this folder.
COPY --from=build --chown=65532:65532 /out/data/ /data/
ENV REELSHEET_ADDR=0.0.0.0:3000 REELSHEET_DATA_DIR=/data
WORKDIR /app
USER 65532:65532
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/app/reelsheet", "healthcheck"]
ENTRYPOINT ["/app/reelsheet"]
CMD ["serve"]
