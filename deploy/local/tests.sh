# ./hunt test: every test project under tests/, on servers of its own that are gone afterwards.

shopt -s extglob

run_tests() {
  local project code programs=(npm)
  passed=0 failed=0 failures='' test_process='' filters=$#
  # The pages are tried in a browser.
  [[ ${HUNT_CHROMIUM:-} ]] || unset HUNT_CHROMIUM
  [[ -x ${HUNT_CHROMIUM:-} ]] || programs+=(chromium)
  # It has another name than its package.
  has node || programs+=(nodejs)
  # The commands of docs/ run as they stand.
  programs+=(jq)
  require_packages "${programs[@]}"
  sweep_test_sets
  install_openapi_tools
  use_set "test-$$"
  trap finish_tests EXIT
  trap 'say "interrupted"; failed=$((failed + 1)); exit 130' INT TERM
  build everything
  mkdir -p "$run_dir"
  identity_of $$ >"$run_dir/owner"
  servers_up
  unlock_set
  # The fast ones first.
  for project in "$root"/tests/Specs/*.csproj "$root"/tests/!(Specs|Faults)/*.csproj; do
    [[ -e $project ]] || continue
    # The pages are tried against a whole system; the other projects start what they need.
    # The page asks for a visitor's token each time, all from one address.
    [[ $project != */Browser/* ]] || Visitors__Enabled=true Visitors__PerMinute=10000 Visitors__Burst=10000 hosts_up
    code=0
    run_test_project "$project" "$@" || code=$?
    count_results "$(basename "$project" .csproj)" "$code"
    hosts_stop "${host_names[@]}"
  done
  (($#)) || run_short_faults
  ((failed == 0 && passed > 0))
}

# The fault suite is a program of its own, and breaks the set: it comes last. Each fault counts as a test.
run_short_faults() {
  local held=0 broken=0 code=0
  say "testing Faults, the short set"
  hosts_up
  # It brings back what it kills with ./hunt itself.
  unlock_set
  dotnet "$root/tests/Faults/bin/Release/net10.0/TreasureHunt.Faults.dll" --short --json "$run_dir/results/faults.json" &
  test_process=$!
  wait "$test_process" || code=$?
  lock_set
  held=$(grep -c '"passed": true' "$run_dir/results/faults.json" || true)
  broken=$(grep -c '"passed": false' "$run_dir/results/faults.json" || true)
  # A suite that ended before its end, or without a fault, has shown nothing.
  ((broken > 0 || held > 0 && code == 0)) || broken=1
  passed=$((passed + held))
  failed=$((failed + broken))
}

# In the background, because a shell answers signals only while it waits, not while a command runs.
run_test_project() {
  local project=$1 output=(--output Detailed)
  shift
  # A terminal shows live what runs; a log gets a line for each test.
  [[ ! -t 1 ]] || output=()
  say "testing $(basename "$project" .csproj)"
  # In the root folder, whose global.json chooses the test platform.
  env --chdir="$root" --default-signal=INT,QUIT dotnet test --project "$project" -c Release --no-build "${output[@]}" \
    --results-directory "$run_dir/results" --report-xunit-xml --report-xunit-xml-filename "$(basename "$project" .csproj).xml" "$@" </dev/null &
  test_process=$!
  wait "$test_process"
}

# count_results PROJECT EXIT-CODE: adds up the project's report.
count_results() {
  local report=$run_dir/results/$1.xml line
  failures+=$(failures_in "$report")
  line=$(grep -m 1 -o '<assembly [^>]*>' "$report" 2>/dev/null || true)
  local now_failed now_passed skipped
  now_passed=$(number_in "$line" passed)
  skipped=$(($(number_in "$line" skipped) + $(number_in "$line" not-run)))
  now_failed=$(($(number_in "$line" failed) + $(number_in "$line" errors) + skipped))
  # What was not tried has not passed.
  ((skipped == 0)) || say "$1 skipped tests, which count as failed: $skipped"
  # 8: no test ran. With a filter, and when none was skipped, it chose none of this project; another must have one. Anything else that is no success counts, report or not.
  if (($2 == 8 && filters > 0 && now_failed == 0)); then
    say "the filter chose no test of $1"
  elif (($2 != 0 || now_passed == 0)) && ((now_failed == 0)); then
    say "$1 ended with exit code $2 and $now_passed tests passed"
    now_failed=1
  fi
  passed=$((passed + now_passed))
  failed=$((failed + now_failed))
}

# failures_in REPORT: the name, the message and the top of the stack of every test that failed.
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

# However the run ends: nothing of it stays but its logs.
finish_tests() {
  local code=$?
  trap '' INT TERM
  trap - EXIT
  if [[ $test_process ]] && kill -INT "$test_process" 2>/dev/null; then
    timeout 10 tail --pid="$test_process" -f /dev/null || kill -KILL "$test_process" 2>/dev/null || true
  fi
  # A test that was killed may have left a set of its own. In a subshell: this run's set stays the chosen one.
  (sweep_test_sets)
  remove_test_set
  # Once more at the end, where a reader of a long log looks first.
  [[ ! $failures ]] || printf '%s\n' "$failures"
  if ((failed > 0)); then say "the logs of the servers are in $root/.run/test-logs"; fi
  if ((passed + failed == 0 && filters > 0)); then say "the filter chose no test"; fi
  echo "$passed passed, $failed failed"
  ((code != 0 || passed > 0 && failed == 0)) || code=1
  exit "$code"
}

remove_test_set() {
  [[ -d $run_dir/log ]] || { rm -rf "$run_dir"; return; }
  lock_set
  hosts_stop "${host_names[@]}"
  servers_down
  end_orphans
  rm -rf "$root/.run/test-logs"
  mv "$run_dir/log" "$root/.run/test-logs"
  purge_set
  unlock_set
}

# Hosts that a test started and could not stop. They know this run by its folder, in an environment nobody else has.
end_orphans() {
  local process pid signal
  for signal in TERM KILL; do
    for process in /proc/[0-9]*; do
      pid=${process#/proc/}
      if ((pid != $$)) && grep -qsxz "HUNT_RUN_DIR=$run_dir" "$process/environ"; then
        say "a test left process $pid behind ($(cat "$process/comm" 2>/dev/null || true)): ending it"
        kill "-$signal" "$pid" 2>/dev/null || true
      fi
    done
    sleep 0.2
  done
}

# What a killed run could not take away.
sweep_test_sets() {
  local owner
  for owner in "$root"/.run/test-*/owner; do
    [[ -e $owner && $(identity_of "$(cut -d' ' -f1 "$owner")" || true) != "$(<"$owner")" ]] || continue
    use_set "$(basename "$(dirname "$owner")")"
    say "taking away the set '$set_name' that an interrupted run left"
    if set_exists; then remove_test_set; else rm -rf "$run_dir"; fi
  done
}
