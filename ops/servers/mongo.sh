#!/usr/bin/env bash
# A server that speaks the MongoDB protocol, on loopback, for tests and CI.
#
#   mongo.sh install
#   mongo.sh start  [--port P|0] [--data DIR]
#   mongo.sh stop | status | kill | pause | resume   [--port P]
#
# `start` prints MONGO_URL=…; it is idempotent. --port 0 takes a free port.
# kill = SIGKILL (crash), pause/resume = SIGSTOP/SIGCONT. Data stays after stop and kill.
#
# MONGO_FLAVOR=mongod     a real mongod: MONGOD_BIN, or the one on PATH; the default where there is one
# MONGO_FLAVOR=mongolite  mongo-java-server on an H2 file (Java 17, Maven), with our durability; the default elsewhere
# Folders: ${STUDYHUB_RUN:-${TMPDIR:-/tmp}/studyhub}/mongo-P, ${STUDYHUB_CACHE:-~/.cache/studyhub}/mongo
. "$(dirname "${BASH_SOURCE[0]}")/service-lib.sh"

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CACHE=${STUDYHUB_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/studyhub}/mongo
MONGOD=${MONGOD_BIN:-$(command -v mongod || true)}
FLAVOR=${MONGO_FLAVOR:-$([ -n "$MONGOD" ] && echo mongod || echo mongolite)}
read_options "${MONGO_PORT:-27017}" "$@"
no_more_options
DIR=$RUN/mongo-$PORT PID=$RUN/mongo-$PORT/mongo.pid WORD="studyhub-mongo-$PORT"

# The build's name holds its source, so a changed source is a new build; it appears in one rename.
built() { echo "$CACHE/$FLAVOR-$(cat "$HERE/$FLAVOR"/* | cksum | cut -d' ' -f1)"; }

build_mongolite() { # FOLDER
  has javac || apt_install openjdk-17-jdk-headless
  has mvn || apt_install maven
  cp "$HERE/mongolite/pom.xml" "$1"
  mvn -B -q -Dstyle.color=never -f "$1/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$1/lib" >&2
  javac -cp "$1/lib/*" -d "$1/lib" "$HERE/mongolite/MongoLite.java"
}

install() {
  case $FLAVOR in
    mongod) [ -x "$MONGOD" ] || die "no mongod on PATH; set MONGOD_BIN"; say "$("$MONGOD" --version | head -n1)"; return ;;
    mongolite) ;;
    *) die "MONGO_FLAVOR=mongod|mongolite" ;;
  esac
  local to; to=$(built)
  lock "$CACHE"
  if [ ! -d "$to" ]; then
    say "building $FLAVOR (once)"
    rm -rf "$to.tmp"; mkdir -p "$to.tmp"
    "build_$FLAVOR" "$to.tmp"
    mv "$to.tmp" "$to"
  fi
  exec 9>&-
  say "$FLAVOR: $to"
}

# A ping in the wire protocol, answered with {ok: …: more than an open port.
answers() (
  exec 3<>"/dev/tcp/127.0.0.1/$PORT" || exit 1
  printf '\x33\0\0\0\1\0\0\0\0\0\0\0\xdd\x07\0\0\0\0\0\0\0\x1e\0\0\0\x10ping\0\1\0\0\0\2$db\0\6\0\0\0admin\0\0' >&3
  timeout 2 head -c 38 <&3 | grep -aq ok
) 2>/dev/null

start() {
  install
  lock "$DIR"
  case $(state "$PID" "$WORD") in
    paused) svc_resume "$PID" "$WORD" ;;
    stopped)
      refuse_taken_port "$PORT"
      local data=${DATA:-$DIR/data} run
      mkdir -p "$data"; data=$(cd "$data" && pwd)
      case $FLAVOR in
        mongod) run=("$MONGOD" --bind_ip 127.0.0.1 --port "$PORT" --dbpath "$data") ;;
        mongolite) run=(java "-Xmx${MONGO_HEAP:-768m}" -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
          -Dorg.slf4j.simpleLogger.log.de.bwaldvogel.mongo.wire.MongoExceptionHandler=off # the driver's endSessions wants no reply
          -cp "$(built)/lib:$(built)/lib/*" MongoLite "$PORT" "$data/mongolite.mv") ;;
      esac
      setsid bash -c 'exec -a "$0" "$@"' "$WORD" "${run[@]}" </dev/null >>"$DIR/mongo.log" 2>&1 9>&- &
      echo $! >"$PID" ;;
  esac
  until_true 60 answers || { tail -n 20 "$DIR/mongo.log" >&2; die "no answer on port $PORT in 60 s"; }
  exec 9>&-
  echo "MONGO_URL=mongodb://127.0.0.1:$PORT/studyhub?directConnection=true"
}

case $CMD in
  install | start) $CMD ;;
  stop | kill | pause | resume) "svc_$CMD" "$PID" "$WORD" ;;
  status) svc_status "$PID" "$WORD" "$PORT" ;;
  *) usage ;;
esac
