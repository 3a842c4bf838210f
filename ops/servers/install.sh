#!/usr/bin/env bash
# Installs or builds every real server that the tests and `npm run cluster` start, and Docker Compose to check its file with, side by side; what is there already is kept.
# Each ends within INSTALL_SECONDS (900) and is tried twice: mirrors hang now and then. Exit code 1 names what is missing.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

install() {
  for _ in 1 2; do
    timeout "${INSTALL_SECONDS:-900}" bash "$1.sh" install && return
    echo "$1: not installed" >&2
  done
  return 1
}

# What they want of apt they ask for in turn.
missing=0
for kind in redis proxy kafka mysql mongo s3 compose; do install "$kind" & done
for job in $(jobs -p); do wait "$job" || missing=1; done
exit "$missing"
