#!/bin/bash
# Forms the read-model cluster of the given nodes (ADDRESS:PORT …). Does nothing when it is formed already.
set -euo pipefail

# say NODE COMMAND…
say() { redis-cli -h "${1%:*}" -p "${1#*:}" "${@:2}" | tr -d '\r'; }

# Each node has slots of its own: a cluster was formed, whether or not its nodes see each other at this moment.
is_formed() {
  local node
  for node; do
    say "$node" cluster nodes | grep 'myself,master.* connected [0-9]' >/dev/null || return 1
    say "$node" cluster info | grep -x 'cluster_slots_assigned:16384' >/dev/null || return 1
  done
}

all_see_all() {
  local node
  for node; do say "$node" cluster info | grep -x 'cluster_slots_ok:16384' >/dev/null || return 1; done
}

if ! is_formed "$@"; then
  # Nothing, or what an interrupted start left: neither holds anything that the log does not.
  for node; do
    say "$node" flushall
    say "$node" cluster reset hard
  done
  redis-cli --cluster create "$@" --cluster-replicas 0 --cluster-yes
fi
for ((tries = 0; tries < 150; tries++)); do
  if all_see_all "$@"; then
    echo "The cluster of $* is formed."
    exit
  fi
  sleep 0.2
done
echo "The nodes $* do not find each other." >&2
exit 1
