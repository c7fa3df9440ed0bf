# ./hunt test: runs every test project under tests/ on separate servers, and removes the servers afterwards.

shopt -s extglob

run_tests() {
  local project code programs=(npm)
  passed=0 failed=0 failures='' test_process='' filters=$#
  # The tests of the pages need a browser.
  [[ ${HUNT_CHROMIUM:-} ]] || unset HUNT_CHROMIUM
  [[ -x ${HUNT_CHROMIUM:-} ]] || programs+=(chromium)
  # The program has another name than its package.
  has node || programs+=(nodejs)
  # The tests run the commands of docs/.
  programs+=(jq)
  require_packages "${programs[@]}"
  remove_abandoned_test_sets
  install_openapi_tools
  use_set "test-$$"
  trap finish_tests EXIT
  trap 'say "interrupted"; failed=$((failed + 1)); exit 130' INT TERM
  build everything
  mkdir -p "$run_dir"
  identity_of $$ >"$run_dir/owner"
  servers_up
  unlock_set
  # The fast project first.
  for project in "$root"/tests/Specs/*.csproj "$root"/tests/!(Specs|Faults)/*.csproj; do
    [[ -e $project ]] || continue
    # The tests of the pages need running hosts; the other projects start their own. The page requests many visitors' tokens from one address.
    [[ $project != */Browser/* ]] || Visitors__Enabled=true Visitors__PerMinute=10000 Visitors__Burst=10000 hosts_up
    code=0
    run_test_project "$project" "$@" || code=$?
    count_results "$(basename "$project" .csproj)" "$code"
    hosts_stop "${host_names[@]}"
  done
  (($#)) || run_short_faults
  ((failed == 0 && passed > 0))
}

# The fault suite is a separate program and breaks the set, so it runs last. Each fault counts as a test.
run_short_faults() {
  local held=0 broken=0 code=0
  say "testing Faults (short set)"
  raise_player_limits
  hosts_up
  # The suite restarts killed hosts and servers with ./hunt.
  unlock_set
  dotnet "$root/tests/Faults/bin/Release/net10.0/TreasureHunt.Faults.dll" --short --json "$run_dir/results/faults.json" &
  test_process=$!
  wait "$test_process" || code=$?
  lock_set
  held=$(grep -c '"passed": true' "$run_dir/results/faults.json" || true)
  broken=$(grep -c '"passed": false' "$run_dir/results/faults.json" || true)
  # A suite that was interrupted or ran no fault counts as failed.
  ((broken > 0 || held > 0 && code == 0)) || broken=1
  passed=$((passed + held))
  failed=$((failed + broken))
}

# In the background, because a shell handles signals only during wait, not while a command runs.
run_test_project() {
  local project=$1 output=(--output Detailed)
  shift
  # A terminal shows the progress; a log gets a line for each test.
  [[ ! -t 1 ]] || output=()
  say "testing $(basename "$project" .csproj)"
  # In the root folder: its global.json selects the test platform.
  env --chdir="$root" --default-signal=INT,QUIT dotnet test --project "$project" -c Release --no-build "${output[@]}" \
    --results-directory "$run_dir/results" --report-xunit-xml --report-xunit-xml-filename "$(basename "$project" .csproj).xml" "$@" </dev/null &
  test_process=$!
  wait "$test_process"
}

# count_results PROJECT EXIT-CODE: adds the results of the project's report.
count_results() {
  local report=$run_dir/results/$1.xml line
  failures+=$(failures_in "$report")
  line=$(grep -m 1 -o '<assembly [^>]*>' "$report" 2>/dev/null || true)
  local now_failed now_passed skipped
  now_passed=$(number_in "$line" passed)
  skipped=$(($(number_in "$line" skipped) + $(number_in "$line" not-run)))
  now_failed=$(($(number_in "$line" failed) + $(number_in "$line" errors) + skipped))
  # A skipped test has not passed.
  ((skipped == 0)) || say "$1 skipped tests, which count as failed: $skipped"
  # Exit code 8: no test ran. With a filter this is allowed for some projects. Any other exit code than 0 is a failure, with or without a report.
  if (($2 == 8 && filters > 0 && now_failed == 0)); then
    say "the filter matches no test of $1"
  elif (($2 != 0 || now_passed == 0)) && ((now_failed == 0)); then
    say "$1 ended with exit code $2 and $now_passed tests passed"
    now_failed=1
  fi
  passed=$((passed + now_passed))
  failed=$((failed + now_failed))
}

# failures_in REPORT: prints name, message and stack trace of every failed test.
failures_in() {
  [[ -e $1 ]] || return 0
  awk -v RS='</test>' '/ result="Fail"/ {
    sub(/.*<test /, "<test ")
    match($0, / name="[^"]*"/); print "failed " substr($0, RSTART + 7, RLENGTH - 8)
    if (match($0, /<message>.*<\/message>/)) print substr($0, RSTART + 9, RLENGTH - 19)
    if (match($0, /<stack-trace>.*<\/stack-trace>/)) print substr($0, RSTART + 13, RLENGTH - 27)
  }' "$1" | sed -e 's/<!\[CDATA\[//; s/\]\]>//; s/&quot;/"/g; s/&#x*[dD];//g; s/&#x*[aA];/\n/g; s/&gt;/>/g; s/&lt;/</g; s/&amp;/\&/g' | cut -c1-400 | head -n 100
}

number_in() { if [[ $1 =~ \ $2=\"([0-9]+)\" ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi; }

# Runs at every end of the test run: only the logs are kept.
finish_tests() {
  local code=$?
  trap '' INT TERM
  trap - EXIT
  if [[ $test_process ]] && kill -INT "$test_process" 2>/dev/null; then
    timeout 10 tail --pid="$test_process" -f /dev/null || kill -KILL "$test_process" 2>/dev/null || true
  fi
  # A killed test may have left its own set. In a subshell, so that this run's set stays selected.
  (remove_abandoned_test_sets)
  remove_test_set
  # Repeated at the end of a long log.
  [[ ! $failures ]] || printf '%s\n' "$failures"
  if ((failed > 0)); then say "the logs of the servers are in $root/.run/test-logs"; fi
  if ((passed + failed == 0 && filters > 0)); then say "the filter matches no test"; fi
  echo "$passed passed, $failed failed"
  ((code != 0 || passed > 0 && failed == 0)) || code=1
  exit "$code"
}

remove_test_set() {
  [[ -d $run_dir/log ]] || { rm -rf "$run_dir"; return; }
  lock_set
  hosts_stop "${host_names[@]}"
  servers_down
  end_orphaned_hosts
  rm -rf "$root/.run/test-logs"
  mv "$run_dir/log" "$root/.run/test-logs"
  purge_set
  unlock_set
}

# Ends hosts that a test started and could not stop. Their environment contains the folder of this run.
end_orphaned_hosts() {
  local process pid signal
  for signal in TERM KILL; do
    for process in /proc/[0-9]*; do
      pid=${process#/proc/}
      if ((pid != $$)) && grep -qsxz "HUNT_RUN_DIR=$run_dir" "$process/environ"; then
        say "ending process $pid, which a test left ($(cat "$process/comm" 2>/dev/null || true))"
        kill "-$signal" "$pid" 2>/dev/null || true
      fi
    done
    sleep 0.2
  done
}

# Removes the sets of killed runs.
remove_abandoned_test_sets() {
  local owner
  for owner in "$root"/.run/test-*/owner; do
    [[ -e $owner && $(identity_of "$(cut -d' ' -f1 "$owner")" || true) != "$(<"$owner")" ]] || continue
    use_set "$(basename "$(dirname "$owner")")"
    say "removing the set '$set_name' of an interrupted run"
    if set_exists; then remove_test_set; else rm -rf "$run_dir"; fi
  done
}
