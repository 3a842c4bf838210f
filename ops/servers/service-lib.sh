# shellcheck shell=bash
# Shared by the scripts beside it; sourced, not run.
# A service is a folder $RUN/<name>-<port> with its config, log, pid file and (unless told otherwise) data.

set -euo pipefail
export LC_ALL=C.UTF-8
RUN=${STUDYHUB_RUN:-${TMPDIR:-/tmp}/studyhub}

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }
die() { say "ERROR: $*"; exit 1; }
has() { command -v "$1" >/dev/null; }
case $RUN in *[[:space:]]*) die "no spaces, please, in the run folder: $RUN" ;; esac # nginx, caddy and mariadb choke
root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# A mirror that hangs is asked again.
patient=(-o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30)

# Apt waits for one of its locks only, so scripts that run side by side take turns; kafka.sh knows the file, too.
one_at_a_time_with_apt() { exec 8>"${TMPDIR:-/tmp}/studyhub-apt.lock"; flock -w 900 8 || die 'another script has been using apt for too long'; }

# Debian packages start their own daemon when installed; a policy-rc.d for the time of the install forbids it.
apt_install() (
  has apt-get || die "install by hand: $*"
  one_at_a_time_with_apt
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    trap 'root rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | root tee $policy >/dev/null
    root chmod 755 $policy
  fi
  apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 "${patient[@]}")
  # What was listed lately is mostly still there.
  root "${apt[@]}" install --no-install-recommends "$@" >/dev/null 2>&1 && exit
  root "${apt[@]}" update >&2
  out=$(root "${apt[@]}" install --no-install-recommends "$@" 2>&1) || { printf '%s\n' "$out" >&2; exit 1; }
)

# Unpacks packages of Debian unstable, with what they depend on unless --alone, into a folder that appears in one rename. Debian's own
# package tools with private lists, cache and status: they resolve and fetch, and touch nothing else.
unpack_unstable() { # FOLDER [--alone] PACKAGES...
  has dpkg-deb && has apt-get || die "not a Debian system: $* cannot be fetched"
  local to=$1 tmp=$1.tmp mirror apt deb get=(install --download-only --no-install-recommends)
  shift
  [ "$1" != --alone ] || { get=(download); shift; }
  mirror=${DEBIAN_MIRROR:-$(apt-get --print-uris update | sed -n "s#^'\(.*/debian/\)dists/.*#\1#p" | sed -n 1p)}
  [ -n "$mirror" ] || die "no Debian mirror among the machine's sources; set DEBIAN_MIRROR"
  rm -rf "$tmp"; mkdir -p "$tmp"/apt/{lists/partial,cache/archives/partial} "$tmp/root"; : >"$tmp/apt/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$tmp/apt/sources.list"
  apt=(apt-get -qq -y -o Dir::Etc::sourcelist="$tmp/apt/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$tmp/apt/lists"
    -o Dir::State::status="$tmp/apt/status" -o Dir::Cache="$tmp/apt/cache" -o Acquire::Languages=none "${patient[@]}"
    -o Debug::NoLocking=true -o APT::Sandbox::User=root)
  "${apt[@]}" update >&2
  (cd "$tmp/apt/cache/archives" && "${apt[@]}" "${get[@]}" "$@" >&2)
  for deb in "$tmp"/apt/cache/archives/*.deb; do
    case $deb in */perl* | */libperl* | */gcc-*-base*) continue ;; esac
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$tmp/root" --no-same-owner --exclude='./usr/share/doc*' --exclude='./usr/share/man*'
  done
  mv "$tmp/root" "$to"; rm -rf "$tmp"
}

# --- what a script was told ---

# Sets CMD, PORT (0 is a free one) and DATA; what it does not know is in REST, for the script or `no_more_options`.
read_options() { # DEFAULT_PORT ARGUMENTS...
  PORT=$1 CMD=${2:-} DATA='' REST=()
  shift; shift || true
  while [ $# -gt 0 ]; do
    case $1 in
      --port) PORT=$2; shift 2 ;;
      --data) DATA=$2; shift 2 ;;
      *) REST+=("$1"); shift ;;
    esac
  done
  [ "$PORT" != 0 ] || PORT=$(free_port)
}
no_more_options() { [ ${#REST[@]} = 0 ] || die "unknown option ${REST[0]}"; }

# The comment at the script's head.
usage() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; exit 2; }

# --- one process: its pid file, and a word of its command line that proves the pid is still ours ---

state() { # PIDFILE WORD -> running | paused | stopped
  local pid line
  pid=$(cat "$1" 2>/dev/null) && [ -n "$pid" ] && line=$(ps -ww -o stat=,ppid=,args= -p "$pid" 2>/dev/null) || line=Z
  case $line in
    Zl* | Z[s+N]l*) echo running ;; # its first thread is dead, others still end: the port is held (seen with mysqld)
    Z*) echo stopped ;;
    *' '[02]' ['*']') echo stopped ;; # a thread of the kernel's, which got the pid
    *' ['*']') echo running ;; # on its end: it has no command line any more, and still its ports
    T*"$2"*) echo paused ;;
    *"$2"*) echo running ;;
    *) echo stopped ;;
  esac
}

until_true() { # SECONDS COMMAND... : polls; its status is the last try's
  local end=$((SECONDS + $1)); shift
  until "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 0.05; done
}

is_state() { [ "$(state "$1" "$2")" = "$3" ]; }

signal() { # SIG PIDFILE WORD : no process is no error. Its children (nginx' workers) die, freeze and wake with it.
  local pid
  is_state "$2" "$3" stopped && return
  pid=$(cat "$2")
  case $1 in KILL | STOP | CONT) [ "$(ps -o pgid= -p "$pid" | tr -d ' ')" != "$pid" ] || pid=-$pid ;; esac
  kill "-$1" -- "$pid"
}

svc_stop() { # PIDFILE WORD [SECONDS]
  signal CONT "$1" "$2"; signal TERM "$1" "$2"
  until_true "${3:-60}" is_state "$1" "$2" stopped || die "did not stop in ${3:-60} s; '$0 kill' ends it"
}
svc_kill()   { signal KILL "$1" "$2"; until_true 10 is_state "$1" "$2" stopped; }
svc_pause()  { is_state "$1" "$2" stopped && die "not running"; signal STOP "$1" "$2"; until_true 5 is_state "$1" "$2" paused; }
svc_resume() { is_state "$1" "$2" stopped && die "not running"; signal CONT "$1" "$2"; until_true 5 is_state "$1" "$2" running; }

svc_status() { # PIDFILE WORD PORT
  printf '%s %s pid=%s %s\n' "$3" "$(state "$1" "$2")" "$(cat "$1" 2>/dev/null || true)" "$(dirname "$1")"
  is_state "$1" "$2" running
}

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# Below the ports of outgoing connections, and apart from those that Kafka (kafka.sh) and tests (ops/freePort.ts) take.
# Who runs beside others (STUDYHUB_LANE=1, 2, …) takes ports that none of them can take in between.
free_port() {
  local p lane=${STUDYHUB_LANE:-0}
  for _ in {1..50}; do p=$((12000 + lane % 4 * 1250 + RANDOM % 1245)); listening "$p" || { echo "$p"; return; }; done
  die "no free port"
}
refuse_taken_port() { ! listening "$1" || die "port $1 is taken by another process"; }

# One start at a time per folder; the server must not inherit the lock (start it with 9>&-).
lock() { mkdir -p "$1"; exec 9>"$1/.lock"; flock -w 900 9 || die "$1 is locked"; }
