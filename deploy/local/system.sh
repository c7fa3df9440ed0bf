# Commands for a whole set: up, down, status, logs.

up() {
  report_interrupts
  require_packages
  require_dotnet
  servers_up
  hosts_up
  unlock_set
  trap - INT TERM
  say "the site is at $HUNT_URL"
}

report_interrupts() {
  trap 'fail "interrupted: processes that have started keep running." "./hunt up continues; ./hunt down stops them."' INT TERM
}

down() {
  local purge=''
  if [[ ${1:-} == --purge ]]; then purge=yes; shift; fi
  (($# == 0)) || fail "'down' does not take '$1'." "Its only option is --purge, which deletes the set's data."
  if [[ ! -d $run_dir ]]; then
    say "there is no set '$set_name' to stop"
    return
  fi
  lock_set
  say "stopping the set '$set_name'"
  hosts_stop "${host_names[@]}"
  servers_down
  if [[ $purge ]]; then
    purge_set
    say "the set '$set_name' is down and its data is deleted"
  else
    say "the set '$set_name' is down; its data stays in $run_dir"
  fi
  unlock_set
}

purge_set() {
  local server folder
  for server in postgres rabbitmq; do
    folder=$(readlink -f "$run_dir/$server" || true)
    [[ $folder != /var/tmp/treasure-hunt.* ]] || rm -rf "$folder"
  done
  release_ports
  rm -rf "$run_dir"
}

status() {
  local name all=0
  require_set
  load_environment
  printf '%-20s %8s %6s  %s\n' NAME PID PORT STATE
  for name in "${server_names[@]}" "${host_names[@]}"; do
    status_line "$name" || all=1
  done
  echo
  echo "the site of the set '$set_name': $HUNT_URL, operators' port: $HUNT_OPERATORS_URL"
  echo "sets here: $(known_sets)"
  return "$all"
}

status_line() {
  local pid state=up
  if ! is_managed "${1%-[123]}"; then
    printf '%-20s %8s %6s  %s\n' "$1" - - 'external'
    return
  fi
  if ! pid=$(process_pid "$1"); then
    pid=- state=down
  elif [[ -n $(project_of "$1") ]]; then
    host_ready "$1" 2>/dev/null || state='not ready'
  else
    port_answers "$(port_of "$1")" || state='no answer'
  fi
  printf '%-20s %8s %6s  %s\n' "$1" "$pid" "$(port_of "$1")" "$state"
  [[ $state == up ]]
}

# logs [NAME…] [-f] [-n LINES]
logs() {
  local follow=() lines=20 files=() file
  require_set
  while (($#)); do
    case $1 in
      -f) follow=(-F) ;;
      -n) lines=${2:-} && shift ;;
      *)
        [[ -e $run_dir/log/$1.log ]] || fail "there is no log '$1'." "Logs: $(cd "$run_dir/log" && printf '%s ' *.log | sed 's/\.log\b//g')"
        files+=("$run_dir/log/$1.log")
        ;;
    esac
    shift
  done
  [[ $lines =~ ^[0-9]+$ ]] || fail "-n takes a number of lines."
  if ((${#files[@]} == 0)); then
    for file in "$run_dir"/log/*.log; do [[ ! -s $file ]] || files+=("$file"); done
  fi
  ((${#files[@]})) || fail "the set '$set_name' has no logs yet."
  exec tail -n "$lines" "${follow[@]}" "${files[@]}"
}
