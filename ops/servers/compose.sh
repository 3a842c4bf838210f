#!/usr/bin/env bash
# Docker Compose, to read compose files with; no engine is needed or started.
#
#   compose.sh install
#   compose.sh config FILE [arguments of `docker compose config`]
#
# The machine's own `docker compose` where there is one; otherwise the program of Debian unstable's docker-compose, unpacked
# into ${STUDYHUB_CACHE:-~/.cache/studyhub}/compose (no root, nothing on the machine changes).
. "$(dirname "${BASH_SOURCE[0]}")/service-lib.sh"

CACHE=${STUDYHUB_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/studyhub}/compose
PLUGIN=$CACHE/program/usr/libexec/docker/cli-plugins/docker-compose
CMD=${1:-}; shift || true

host_compose() { has docker && docker compose version >/dev/null 2>&1; }

install() {
  if host_compose; then say "$(docker compose version)"; return; fi
  lock "$CACHE"
  [ -x "$PLUGIN" ] || unpack_unstable "$CACHE/program" --alone docker-compose
  exec 9>&-
  say "$("$PLUGIN" version)"
}

config() { # FILE ARGUMENTS...
  install
  local file=$1; shift
  if host_compose; then docker compose -f "$file" config "$@"; else "$PLUGIN" -f "$file" config "$@"; fi
}

case $CMD in
  install) install ;;
  config) config "$@" ;;
  *) usage ;;
esac
