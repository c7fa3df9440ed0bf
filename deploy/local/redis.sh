# Redis, six processes: three independent masters for locks, and a cluster of three masters for the read models.
# No data is stored on disk: locks are held for seconds, read models are rebuilt from the event store.

redis_start() {
  local number
  if is_managed redis-locks; then for number in 1 2 3; do redis_start_one "redis-locks-$number" redis-locks.conf; done; fi
  if is_managed redis-read-models; then
    for number in 1 2 3; do
      redis_start_one "redis-read-models-$number" redis-read-models.conf "bus=$(port_of "redis-bus-$number")"
    done
  fi
}

redis_start_one() {
  local name=$1 template=$2 folder=$run_dir/$1
  shift 2
  ! is_running "$name" || return 0
  require_free_port "$name" "$(port_of "$name")"
  mkdir -p "$folder"
  render "$root/deploy/local/$template" "port=$(port_of "$name")" "folder=$(redis_text "$folder")" "$@" >"$run_dir/conf/$name.conf"
  start_process "$name" redis-server "$run_dir/conf/$name.conf"
}

redis_command() { timeout 5 redis-cli -h 127.0.0.1 -p "$(port_of "$1")" "${@:2}"; }

redis_ready() { [[ $(redis_command "$1" ping) == PONG ]]; }

redis_prepare() {
  local name
  for name in $(recorded_processes); do
    [[ $name != redis-* ]] || wait_until "$name" 30 redis_ready "$name"
  done
  ! is_managed redis-read-models || cluster_prepare
}

cluster_prepare() {
  local number nodes=()
  for number in 1 2 3; do nodes+=("127.0.0.1:$(port_of "redis-read-models-$number")"); done
  if ! cluster_is_formed; then
    # The nodes are empty or left from an interrupted start: all of their data is in the event store too.
    for number in 1 2 3; do
      redis_command "redis-read-models-$number" flushall >/dev/null
      redis_command "redis-read-models-$number" cluster reset hard >/dev/null
    done
    redis-cli --cluster create "${nodes[@]}" --cluster-replicas 0 --cluster-yes >>"$run_dir/log/redis-cluster.log" 2>&1 ||
      failed_to_start redis-cluster "could not be formed"
  fi
  for number in 1 2 3; do
    wait_until "redis-read-models-$number" 30 cluster_sees_all "redis-read-models-$number"
  done
}

# Each node has its own slots: the cluster was formed, even if its nodes do not reach each other at the moment.
cluster_is_formed() {
  local number
  for number in 1 2 3; do
    redis_command "redis-read-models-$number" cluster nodes | grep -q 'myself,master.* connected [0-9]' || return 1
    redis_command "redis-read-models-$number" cluster info | tr -d '\r' | grep -qx 'cluster_slots_assigned:16384' || return 1
  done
}

cluster_sees_all() { redis_command "$1" cluster info | tr -d '\r' | grep -qx 'cluster_slots_ok:16384'; }
