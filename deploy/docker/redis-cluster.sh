#!/bin/bash
# redis-cluster.sh ADDRESS:PORT…: forms the read-model cluster of these nodes, unless it is formed already.
set -euo pipefail

# redis_command NODE COMMAND…
redis_command() { redis-cli -h "${1%:*}" -p "${1#*:}" "${@:2}" | tr -d '\r'; }

# Each node has its own slots: the cluster was formed, even if its nodes do not reach each other at the moment.
is_formed() {
  local node
  for node; do
    redis_command "$node" cluster nodes | grep 'myself,master.* connected [0-9]' >/dev/null || return 1
    redis_command "$node" cluster info | grep -x 'cluster_slots_assigned:16384' >/dev/null || return 1
  done
}

is_connected() {
  local node
  for node; do redis_command "$node" cluster info | grep -x 'cluster_slots_ok:16384' >/dev/null || return 1; done
}

if ! is_formed "$@"; then
  # The nodes are empty or left from an interrupted start: all of their data is in the event store too.
  for node; do
    redis_command "$node" flushall
    redis_command "$node" cluster reset hard
  done
  redis-cli --cluster create "$@" --cluster-replicas 0 --cluster-yes
fi
for ((tries = 0; tries < 150; tries++)); do
  if is_connected "$@"; then
    echo "The cluster of $* is formed."
    exit
  fi
  sleep 0.2
done
echo "The nodes $* do not reach each other." >&2
exit 1
