#!/usr/bin/env bash
# Builds mediasoup-worker from the source in the npm package, on libraries of Debian (12 or newer) or Ubuntu (24.04 or newer) in place of
# those that it would download. Why and what differs: docs/decisions/011-media-worker.md.
#
#   build.sh PACKAGE OUTPUT           PACKAGE, the installed node_modules/mediasoup, is only read; OUTPUT appears in one rename, after a test
#   build.sh --check PACKAGE OUTPUT   exit code 0 if OUTPUT is up to date; changes nothing
#   build.sh --packages               names the Debian packages it needs
#
# JOBS: how many compilers at a time (default: one per core). Exit code: 0 done, 1 failed, 2 wrong call, 3 packages are missing that only
# root may install.
set -euo pipefail
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

say() { printf 'media worker %4ss: %s\n' "$SECONDS" "$*"; }
die() { printf 'media worker: %s\n' "$1" >&2; exit "${2:-1}"; }

. "$here/packages.sh"
. "$here/stamp.sh"

# Without the variable that Node gives it, the program ends with 41: then all its libraries are there.
starts() { local code=0; env -u MEDIASOUP_VERSION timeout 20 "$1" >/dev/null 2>&1 || code=$?; [ "$code" = 41 ]; }

# The package's source with our subprojects in place of its own, and patched.
copy_source() { # FOLDER
  mkdir -p "$1"
  tar -C "$package/worker" --exclude=./out --exclude=./subprojects -cf - . | tar -C "$1" -xf -
  cp -r "$here/subprojects" "$1/subprojects"
  local file
  for file in "$here"/patches/*.patch; do
    patch -d "$1" -p1 --fuzz=0 --forward --silent --reject-file=- <"$file" >&2 || die "$(basename "$file") does not match this version of mediasoup"
  done
}

# Of the compilers' lines every tenth part is shown; all of them are in the log.
progress() { # LOG
  local line shown=0 part
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$1"
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    part=$((BASH_REMATCH[1] * 10 / BASH_REMATCH[2]))
    [ "$part" = "$shown" ] || { shown=$part; say "compiled ${part}0 %"; }
  done
}

failed() { # LOG STEP
  tail -n 80 "$1" >&2
  die "$2 failed"
}

build() {
  local work=$output.build log=$output.log jobs=${JOBS:-$(nproc)}
  rm -rf "$work" # of a build that was killed
  trap 'rm -rf "$output.build" "$output.new"' EXIT
  copy_source "$work/source"
  say "meson $(meson --version), $(c++ --version | sed -n 1p), $jobs at a time; some minutes"
  # As the package's own tasks.py does it, and nothing may be downloaded.
  (cd "$work/source" && meson setup --buildtype release -Db_ndebug=true --wrap-mode=nodownload "$work/build") >"$log" 2>&1 || failed "$log" 'meson setup'
  NINJA_STATUS='[%f/%t] ' ninja -C "$work/build" -j "$jobs" mediasoup-worker 2>&1 | progress "$log" || failed "$log" 'the build'
  strip -o "$output.new" "$work/build/mediasoup-worker"
  starts "$output.new" || die 'the program was built, but does not start'
  rm -f "$output.stamp"
  mv "$output.new" "$output"
  write_stamp
  rm -f "$log"
}

check=''
case ${1:-} in
  --packages) echo "${needed[*]}"; exit ;;
  --check) check=1; shift ;;
esac
[ $# = 2 ] || { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2; exit 2; }
package=$(cd "$1" 2>/dev/null && pwd) && [ -f "$package/worker/meson.build" ] || die "no mediasoup with its source in $1" 2
output=$(realpath -m "$2")
command -v dpkg-query >/dev/null || die 'it can be built on Debian and Ubuntu only'

if [ -n "$check" ]; then
  up_to_date || exit 1
  exit 0
fi
mkdir -p "$(dirname "$output")"
# The lock ends with the last process that has it: compilers that outlive a killed build are waited for.
exec 9>"$output.lock"
flock -n 9 || { say 'another build is on its way; waiting for it'; flock 9; }
if ! up_to_date; then
  install_packages
  up_to_date || build
fi
say "up to date: $output"
