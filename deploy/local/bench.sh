# ./hunt bench: measures the engine and alternatives, one after the other, on the same servers behind the same edge proxy.

# The first system sets the rate of the overload for all others. The ceiling and the engine are neighbours, because the speed of a machine
# changes during the hour.
bench_systems=(first-design ceiling ours inserts unlocked-redis by-the-book wolverine sql-only skip-locked)

bench() {
  local options=() systems=() word system failed=() into=$root/bench/results
  case ${1:-} in
    micro) bench_micro "${@:2}"; return ;;
    against) bench_against "${@:2}"; return ;;
  esac
  while (($#)); do
    word=$1
    shift
    case $word in
      --*=*) options+=("$word") ;;
      --*) (($#)) || fail "$word needs a value." "See ./hunt bench --help."; options+=("$word" "$1"); shift ;;
      *)
        [[ " ${bench_systems[*]} " == *" $word "* ]] || fail "there is no system '$word' to measure." "Systems: ${bench_systems[*]}"
        systems+=("$word")
        ;;
    esac
  done
  # A partial run does not replace the published report.
  ((${#options[@]} + ${#systems[@]} == 0)) || into=$root/.run/bench-report
  ((${#systems[@]})) || systems=("${bench_systems[@]}")
  # A separate empty set: data of an earlier run must not slow this one.
  use_set bench
  ! set_exists || down --purge
  trap bench_end EXIT
  build bench
  servers_up
  if is_managed rabbitmq; then
    HUNT_RABBITMQ_METRICS=http://127.0.0.1:$(port_of rabbitmq-metrics)/metrics
    export HUNT_RABBITMQ_METRICS
  fi
  bench_memory
  make_keys
  rm -rf "$root/.run/bench-results"
  for system in "${systems[@]}"; do
    say "measuring $system"
    bench_proxy "$system"
    bench_hosts_start "$system"
    bench_run "$system" --results "$root/.run/bench-results" "${options[@]}" $([[ " ${options[*]}" == *" --only"* ]] || bench_parts "$system") ||
      { say "the run of $system failed: see above"; failed+=("$system"); }
    hosts_stop "${host_names[@]}"
  done
  dotnet "$(bench_program Load)" report --results "$root/.run/bench-results" --into "$into" --commit "$(bench_commit)"
  say "the report is in ${into#"$root/"}"
  ((${#failed[@]} == 0)) || fail "these runs failed: ${failed[*]}. The report has nothing, or not everything, of them." "To measure one again: ./hunt bench ${failed[0]}"
}

# bench_against COMMIT [ROUNDS] OPTION…: measures another commit and this one in turn. The machine's speed changes within minutes, so only
# the ratio of two neighbouring runs is a result. This shell loads the environment of no set, because both have the same variables.
bench_against() {
  local commit rounds=3 round other
  commit=$(git -C "$root" rev-parse --verify --quiet "${1:-}^{commit}") ||
    fail "'./hunt bench against' needs a commit of this repository, such as HEAD~1." "See ./hunt bench --help."
  shift
  [[ ! ${1:-} =~ ^[1-9][0-9]?$ ]] || { rounds=$1; shift; }
  other=$root/.run/checkouts/$commit
  bench_checkouts=()
  trap bench_against_end EXIT
  [[ -e $other/hunt ]] || git -C "$root" worktree add --quiet --detach --force "$other" "$commit"
  bench_checkouts=("$root/hunt" "$other/hunt")
  bench_against_down
  build bench
  "$other/hunt" up --name bench-pair
  "$root/hunt" up --name bench-pair
  rm -rf "$root/.run/bench-pairs"
  for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds"
    # In the second round the other commit comes last, and so on.
    if ((round % 2)); then bench_pair "$other/hunt" before "$round" "$@"; fi
    bench_pair "$root/hunt" ours "$round" "$@"
    if ((round % 2 == 0)); then bench_pair "$other/hunt" before "$round" "$@"; fi
  done
  dotnet "$(bench_program Load)" pairs --results "$root/.run/bench-pairs" --before "${commit:0:7}" --commit "$(bench_commit)" --into "$root/.run/bench-report"
}

# bench_pair HUNT NAME ROUND OPTION…: measures a running set. Only the first round needs a long warm-up.
bench_pair() (
  eval "$("$1" servers env --name bench-pair)"
  bench_run "$2" --results "$root/.run/bench-pairs/$3" --repeats 1 --warm-up "$(($3 == 1 ? 45 : 5))" "${@:4}"
)

# bench_run SYSTEM OPTION…: the callers take processor time from the measured system. Their code never blocks, so they need no change of
# threads for each answer.
bench_run() { DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 dotnet "$(bench_program Load)" run "$@"; }

# The claims of a full run need more memory than the read models of a set have.
bench_memory() {
  local node
  is_managed redis-read-models || return 0
  for node in 1 2 3; do redis_command "redis-read-models-$node" config set maxmemory 2gb >/dev/null; done
}

bench_against_down() {
  local hunt
  for hunt in "${bench_checkouts[@]}"; do "$hunt" down --purge --name bench-pair || true; done
}

bench_against_end() {
  local code=$?
  trap - EXIT
  bench_against_down
  exit "$code"
}

# Micro benchmarks; the Memcached client needs its server.
bench_micro() {
  use_set bench
  trap bench_end EXIT
  build bench
  servers_up
  (cd "$run_dir" && dotnet "$(bench_program Micro)" "$@")
}

bench_end() {
  local code=$?
  trap - EXIT
  down --purge || true
  exit "$code"
}

bench_commit() {
  local commit
  commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
  git -C "$root" diff --quiet HEAD -- src tools deploy 2>/dev/null || commit+=-changed
  echo "$commit"
}

bench_program() { echo "$root/bench/$1/bin/Release/net10.0/TreasureHunt.${1//\//.}.dll"; }

# The measurements of a full run. The alternatives are compared in some: at 25,000 claims a second some of them never answer.
# Ceiling and inserts have no engine behind the front.
bench_parts() {
  case $1 in
    ours) ;;
    first-design) echo --only=overload ;;
    ceiling) echo --only=fifty,sold-out,read-hot,latency ;;
    inserts) echo --only=one-large,fifty ;;
    *) echo --only=one-large,fifty,five-thousand,latency ;;
  esac
}

# Load shedding is part of the engine: for the other systems the edge proxy has no limits. The first design has a proxy as packaged.
bench_proxy() {
  stop_processes TERM 5 haproxy
  if [[ $1 == ours ]]; then haproxy_start; elif [[ $1 == first-design ]]; then
    with_addresses start_process haproxy haproxy -W -db -f "$root/bench/Peers/UnlockedRedis/haproxy.cfg"
  else HUNT_CLAIMS=1000000 HUNT_ACCEPTS=1000000 HUNT_CLAIM_LISTS=1000000 HUNT_CLAIM_STREAMS=1000000 HUNT_READS=1000000 HUNT_CLAIM_READS=1000000 HUNT_POLLS=1000000 HUNT_ADMINISTRATION=1000000 haproxy_start; fi
  haproxy_prepare
}

# The peers replace the hosts: behind the same edge proxy, with the same settings.
bench_hosts_start() {
  case $1 in
    ours) apply_schema; declare_topology; hosts_start "${host_names[@]}" ;;
    first-design | unlocked-redis) peer_start UnlockedRedis api-1 api-2 ;;
    by-the-book) peer_start ByTheBook commands-1 api-1 api-2 ;;
    wolverine) peer_start Wolverine commands-1 api-1 api-2 ;;
    sql-only) peer_start SqlOnly api-1 api-2 ;;
    skip-locked) peer_start SkipLocked api-1 api-2 ;;
    ceiling) peer_start Ceiling api-1 api-2 ;;
    inserts) Ceiling__Store=batched peer_start Ceiling api-1 api-2 ;;
  esac
}

# peer_start PROJECT NAME…: one after the other, because the first creates the tables.
peer_start() {
  local project=$1 name worker
  shift
  for name; do
    worker=()
    [[ $name != commands-* ]] || worker=(--worker)
    ASPNETCORE_URLS=http://127.0.0.1:$(port_of "$name") start_process "$name" dotnet "$(bench_program "Peers/$project")" "${worker[@]}"
    wait_until "$name" 60 host_ready "$name"
  done
}
