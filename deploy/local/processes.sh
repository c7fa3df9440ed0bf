# Starting, watching and stopping processes. A process is known by its pid together with the time at which the
# kernel started it and the boot: a pid alone may belong to somebody else by the time it is used.

identity_of() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The name in brackets may hold spaces: count the fields behind it.
  read -ra stat <<<"${stat##*) }"
  [[ ${stat[0]} != [ZX] ]] || return 1
  echo "$1 ${stat[19]} $(</proc/sys/kernel/random/boot_id)"
}

# process_pid NAME: prints the pid of a process of this set that is alive, or fails.
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

# start_process NAME COMMAND…: on its own, away from this terminal, with its output in log/NAME.log.
# It writes its own record before it becomes the command, so that Ctrl-C in between loses no process.
# The door goes first: whoever has to be turned away is told so at once, however busy the rest is. Linux divides the processors
# among sessions before it looks at single processes, so the session is told too, where it can be (sched(7), autogroup).
# Its working folder, the set's unless start_in names another, tells whose it is.
start_process() {
  local name=$1 record=$run_dir/pids/$1 log=$run_dir/log/$1.log
  local behind=(bash -c 'echo 7 2>/dev/null >/proc/self/autogroup; exec nice -n 7 "$0" "$@"')
  [[ $name != haproxy ]] || behind=()
  shift
  rm -f "$record"
  if [[ $(stat -c %s "$log" 2>/dev/null || echo 0) -gt 33554432 ]]; then mv -f "$log" "$log.1"; fi
  (
    identity_of "$BASHPID" >"$record.new" && mv "$record.new" "$record"
    # A shell's background commands ignore Ctrl-C for ever unless told otherwise; PostgreSQL is stopped by it.
    exec env --default-signal=INT,QUIT --chdir="${start_in:-$run_dir}" setsid "${behind[@]}" "$@" </dev/null >>"$log" 2>&1 7<&- 8<&- 9<&-
  ) &
  # The shell is not to report its end.
  disown
  until [[ -e $record ]]; do sleep 0.01; done
}

# wait_until NAME SECONDS CHECK…: until the check succeeds; fails with the log's end when the process dies or the time is up.
wait_until() {
  local name=$1 limit=$2 deadline=$((SECONDS + $2))
  shift 2
  # In a subshell: a trap that runs during a check would speak into its redirection.
  until ("$@") >/dev/null 2>&1; do
    is_running "$name" || failed_to_start "$name" "ended by itself"
    ((SECONDS < deadline)) || failed_to_start "$name" "was not ready within $limit s"
    sleep 0.1
  done
}

failed_to_start() {
  tail -n 20 "$run_dir/log/$1.log" >&2 || true
  fail "$1 $2." "The end of its log is above; all of it: ./hunt logs $1 --name $set_name" \
    "What has started so far keeps running: './hunt down --name $set_name' takes it away."
}

# stop_processes SIGNAL SECONDS NAME…: all at once; what has not ended in time is killed.
stop_processes() {
  local signal=$1 deadline=$((SECONDS + $2)) name pid
  shift 2
  for name; do
    # A stopped process (SIGSTOP) hears nothing until it is continued.
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
