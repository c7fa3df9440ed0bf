# The hosts: Api, Commands and Projections.

host_names=(api-1 api-2 commands-1 commands-2 projections)

project_of() {
  case $1 in
    api-*) echo Api ;;
    commands-*) echo Commands ;;
    projections) echo Projections ;;
  esac
}

# The broker's user of a host.
broker_user_of() {
  case $1 in
    api-*) echo api ;;
    commands-*) echo worker ;;
    projections) echo projections ;;
  esac
}

hosts_up() {
  local name stopped=()
  for name in "${host_names[@]}"; do is_running "$name" || stopped+=("$name"); done
  if ((${#stopped[@]})); then
    build hosts
    check_settings
    apply_schema
    declare_topology
    hosts_start "${stopped[@]}"
  fi
  say "the hosts of the set '$set_name' are up"
}

# Creates a private key for each audience, and the key sets that verify its tokens. Existing keys are kept.
make_keys() { [[ -e $HUNT_KEYS/administrators.jwks.json ]] || dotnet "$(program_of Cli)" keys "$HUNT_KEYS"; }

# Each kind of host checks its settings before any host starts.
check_settings() {
  local name project address broken='' sentences=$run_dir/log/settings.log
  : >"$sentences"
  make_keys
  for name in commands-1 projections api-1; do
    project=$(project_of "$name")
    address=$(rabbitmq_variable "$(broker_user_of "$name")")
    ConnectionStrings__RabbitMq=${!address} dotnet "$(program_of "$project")" --check-config </dev/null 2>>"$sentences" >"$run_dir/log/settings-$project.json" 7<&- 9<&- || broken=yes
  done
  sort -u "$sentences" >&2
  [[ ! $broken ]] || fail "a setting is invalid: see the messages above." "docs/configuration.md describes each setting."
}

apply_schema() { run_commands schema "applying the schema of the event store" --apply-schema; }

declare_topology() { run_commands topology "declaring the queues of the workers" --declare-topology; }

# run_commands LOG DESCRIPTION OPTION: runs the Commands program with an option that ends it.
run_commands() {
  local log=$run_dir/log/$1.log
  say "$2"
  if ! timeout --foreground -k 5 120 dotnet "$(program_of Commands)" "$3" </dev/null >"$log" 2>&1 7<&- 9<&-; then
    tail -n 20 "$log" >&2
    fail "$2 failed." "The end of the output is above; the whole output: ./hunt logs $1 --name $set_name"
  fi
}

hosts_start() {
  local name
  make_keys
  say "starting ${*}"
  for name; do host_start "$name"; done
  for name; do wait_until "$name" 60 host_ready "$name"; done
}

host_start() {
  local project address user errors="" others=(-u HUNT_RABBITMQ_MANAGEMENT)
  ! is_running "$1" || return 0
  require_free_port "$1" "$(port_of "$1")"
  project=$(project_of "$1")
  address=$(rabbitmq_variable "$(broker_user_of "$1")")
  # Workers retry dead letters as the operator. Apart from that, a host has only its own password.
  if [[ $project == Commands ]]; then errors=$(rabbitmq_variable operator) && errors=${!errors}; fi
  for user in $(rabbitmq_variables); do others+=(-u "$user"); done
  # The host finds its static files (wwwroot) in the project's folder.
  working_folder=$root/src/$project ASPNETCORE_URLS=http://127.0.0.1:$(port_of "$1") ConnectionStrings__RabbitMq=${!address} \
    DeadLetters__Connection=$errors \
    start_process "$1" env "${others[@]}" dotnet "$(program_of "$project")"
}

host_ready() { http_ok "http://127.0.0.1:$(port_of "$1")/health/ready"; }

# A host completes accepted requests before it ends: callers wait up to 30 s.
hosts_stop() { stop_processes TERM 40 "$@"; }

# One after the other, so that a host of each kind is always available.
hosts_restart() {
  local name
  build hosts
  for name; do
    say "restarting $name"
    hosts_stop "$name"
    host_start "$name"
    wait_until "$name" 60 host_ready "$name"
    # HAProxy checks the hosts every second: the next Api must not stop before HAProxy uses this one again.
    [[ $name != api-* ]] || sleep 1.5
  done
}

hosts_command() {
  local action=${1:-} name
  shift || true
  [[ $action =~ ^(start|stop|restart)$ ]] || fail "'./hunt hosts' takes start, stop or restart." "See ./hunt hosts --help."
  for name; do
    [[ " ${host_names[*]} " == *" $name "* ]] || fail "there is no host '$name'." "Hosts: ${host_names[*]}"
  done
  (($#)) || set -- "${host_names[@]}"
  require_set
  lock_set
  load_environment
  raise_file_limit
  case $action in
    start) build hosts; hosts_start "$@" ;;
    stop) say "stopping $*"; hosts_stop "$@" ;;
    restart) hosts_restart "$@" ;;
  esac
}
