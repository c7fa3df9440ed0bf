# Starts, checks and stops processes. A process is identified by its pid, its start time and the boot id: the kernel reuses pids.

identity_of() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The name in brackets may contain spaces: the fields are counted after it.
  read -ra stat <<<"${stat##*) }"
  [[ ${stat[0]} != [ZX] ]] || return 1
  echo "$1 ${stat[19]} $(</proc/sys/kernel/random/boot_id)"
}

# process_pid NAME: prints the pid of a running process of this set, or fails.
process_pid() {
  local recorded pid
  recorded=$(cat "$run_dir/pids/$1" 2>/dev/null) || return 1
  pid=${recorded%% *}
  [[ -n $pid && $(identity_of "$pid") == "$recorded" ]] && echo "$pid"
}

is_running() { process_pid "$1" >/dev/null; }

recorded_processes() {
  local file
  for file in "$run_dir"/pids/*; do [[ ! -e $file ]] || basename "$file"; done
}

# start_process NAME COMMAND…: starts a process detached from the terminal, with its output in log/NAME.log. The process writes its record
# before it executes the command, so that Ctrl-C loses no process.
# HAProxy has a higher priority than all others: it refuses requests at once, also under load. Linux divides the processors among
# sessions first, so the priority of the session is set too, where possible (sched(7), autogroup).
# The working folder is the set's, unless working_folder names another.
start_process() {
  local name=$1 record=$run_dir/pids/$1 log=$run_dir/log/$1.log
  local lower_priority=(bash -c 'echo 7 2>/dev/null >/proc/self/autogroup; exec nice -n 7 "$0" "$@"')
  [[ $name != haproxy ]] || lower_priority=()
  shift
  rm -f "$record"
  if [[ $(stat -c %s "$log" 2>/dev/null || echo 0) -gt 33554432 ]]; then mv -f "$log" "$log.1"; fi
  (
    identity_of "$BASHPID" >"$record.new" && mv "$record.new" "$record"
    # Background commands of a shell ignore SIGINT by default; SIGINT stops PostgreSQL.
    exec env --default-signal=INT,QUIT --chdir="${working_folder:-$run_dir}" setsid "${lower_priority[@]}" "$@" </dev/null >>"$log" 2>&1 7<&- 8<&- 9<&-
  ) &
  # The shell must not report the end of the process.
  disown
  until [[ -e $record ]]; do sleep 0.01; done
}

# wait_until NAME SECONDS CHECK…: waits until the check succeeds. Fails with the end of the log when the process ends or the time expires.
wait_until() {
  local name=$1 limit=$2 deadline=$((SECONDS + $2))
  shift 2
  # In a subshell: the output of a trap during the check must not be redirected.
  until ("$@") >/dev/null 2>&1; do
    is_running "$name" || failed_to_start "$name" "ended unexpectedly"
    ((SECONDS < deadline)) || failed_to_start "$name" "was not ready within $limit s"
    sleep 0.1
  done
}

failed_to_start() {
  tail -n 20 "$run_dir/log/$1.log" >&2 || true
  fail "$1 $2." "The end of its log is above; the whole log: ./hunt logs $1 --name $set_name" \
    "Processes that have started keep running: './hunt down --name $set_name' stops them."
}

# stop_processes SIGNAL SECONDS NAME…: stops all at once, and kills those that have not ended in time.
stop_processes() {
  local signal=$1 deadline=$((SECONDS + $2)) name pid
  shift 2
  for name; do
    # A stopped process (SIGSTOP) receives the signal after SIGCONT.
    if pid=$(process_pid "$name"); then kill "-$signal" "$pid" && kill -CONT "$pid"; fi 2>/dev/null || true
  done
  for name; do
    while pid=$(process_pid "$name"); do
      if ((SECONDS >= deadline)); then
        say "$name (process $pid) does not end: killing it"
        kill -KILL "$pid" 2>/dev/null || true
        deadline=$((SECONDS + 5))
      fi
      sleep 0.05
    done
    rm -f "$run_dir/pids/$name"
  done
}

# http_ok URL, port_answers PORT: checks for wait_until.
http_ok() { curl -fsS -o /dev/null --max-time 2 --noproxy '*' "$@"; }

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
