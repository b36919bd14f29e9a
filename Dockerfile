# The bot as a small image: one static binary, no shell, not root.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
# The data folder is made here because the last stage has no shell to make it.
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X wainao/app.version=${VERSION}" -o /out/wainao . \
 && mkdir -p /out/data

# Nothing but the binary, the certificates that TLS to Slack needs, and the
# data folder. Zone data is in the binary.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/wainao /usr/local/bin/wainao
COPY --from=build --chown=65532:65532 /out/data /data
ENV WAINAO_DATA=/data
VOLUME /data
USER 65532:65532
# "wainao health" asks the health page of the bot in the same container.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["/usr/local/bin/wainao", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/wainao"]
CMD ["serve"]
