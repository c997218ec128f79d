#!/usr/bin/env bash
# Runs a command against a real Neo4j that lives as long as the command: test/neo4j/run.sh npm test
#
# For machines without Docker: needs Java 17 and Maven. The server's jars are copied into .cache/ once; its data lies in a temporary folder.
# The command finds PERMISCOPE_TEST_NEO4J (a bolt URL), NEO4J_USERNAME and NEO4J_PASSWORD in its environment.
set -euo pipefail

if [ $# -eq 0 ]; then
  echo "usage: test/neo4j/run.sh COMMAND…" >&2
  exit 2
fi
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
lib="$here/.cache/lib"
for tool in java mvn node; do
  command -v "$tool" >/dev/null || { echo "test/neo4j/run.sh needs $tool on the PATH" >&2; exit 1; }
done

# The jars are whole when the marker is as new as the POM.
if [ ! "$here/.cache/complete" -nt "$here/pom.xml" ]; then
  echo "test/neo4j/run.sh: fetching the server (about 116 MB, once)" >&2
  rm -rf "$here/.cache"
  mvn --quiet --batch-mode -Dstyle.color=never --file "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$lib" >&2
  touch "$here/.cache/complete"
fi

home="$(mktemp -d "${TMPDIR:-/tmp}/permiscope-neo4j.XXXXXX")"
server=
stop() {
  status=$?
  trap - EXIT
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$home"
  exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

read -r bolt http < <(node -e '
  const net = require("node:net")
  const open = () => new Promise((done) => { const s = net.createServer().listen(0, "127.0.0.1", () => done(s)) })
  Promise.all([open(), open()]).then((servers) => {
    console.log(servers.map((s) => s.address().port).join(" "))
    servers.forEach((s) => s.close())
  })')
mkdir -p "$home/conf" "$home/logs"
cat >"$home/conf/neo4j.conf" <<CONF
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:$bolt
server.http.listen_address=127.0.0.1:$http
server.memory.pagecache.size=256m
dbms.usage_report.enabled=false
CONF

opens=()
for package in java.nio java.io sun.nio.ch java.lang java.util.concurrent; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
java -Xms512m -Xmx512m "${opens[@]}" -cp "$lib/*" org.neo4j.server.CommunityEntryPoint --home-dir="$home" --config-dir="$home/conf" >"$home/logs/console.log" 2>&1 &
server=$!

export PERMISCOPE_TEST_NEO4J="bolt://127.0.0.1:$bolt"
export NEO4J_USERNAME=neo4j
NEO4J_PASSWORD="$(node -p 'require("node:crypto").randomBytes(18).toString("hex")')"
export NEO4J_PASSWORD
if ! node "$here/set-password.js" "$server"; then
  echo "test/neo4j/run.sh: Neo4j did not start:" >&2
  tail -n 40 "$home/logs/console.log" >&2
  exit 1
fi

"$@"
