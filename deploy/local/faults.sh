# ./hunt faults: starts a separate set, breaks its servers and hosts under load, and checks the invariants.

faults() {
  if [[ ${1:-} == --broken ]]; then run_broken_builds "${@:2}"; return; fi
  if [[ " $* " == *" --list "* ]]; then faults_list "$@"; return; fi
  use_set faults
  # An interrupted suite may have left a broken set.
  ! set_exists || down --purge
  build faults
  trap faults_end EXIT
  raise_player_limits
  servers_up
  hosts_up
  # The suite restarts killed hosts and servers with ./hunt.
  unlock_set
  # Responses are handled on the thread that receives them: a change of threads costs as much time as HAProxy needs for a request.
  # With SCHED_BATCH (sched(7)) the callers do not preempt the proxy at each of its responses.
  DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 chrt --batch 0 dotnet "$root/tests/Faults/bin/Release/net10.0/TreasureHunt.Faults.dll" "$@"
}

# The callers of the suite are few and fast: with the default limits of a player, some of their claims would be refused.
raise_player_limits() { export RateLimits__PlayerPerSecond=200 RateLimits__PlayerBurst=1000; }

# faults_list [NAME|NUMBER…] [--short]: prints the suite's list of faults, without a build and without a set.
faults_list() {
  local argument list=$root/deploy/local/help/faults-list.txt names=() name found
  for argument; do
    case $argument in
      --short) list=$root/deploy/local/help/faults-list-short.txt ;;
      -*) ;;
      *) names+=("$argument") ;;
    esac
  done
  if ((${#names[@]} == 0)); then cat "$list"; return; fi
  for name in "${names[@]}"; do
    found=$(awk -v name="$name" '$1 == name || $2 == name' "$root/deploy/local/help/faults-list.txt")
    [[ $found ]] || fail "there is no fault '$name'." "./hunt faults --list prints all faults."
    printf '%s\n' "$found"
  done
}

faults_end() {
  local code=$?
  trap - EXIT
  down --purge || true
  exit "$code"
}

# run_broken_builds [NAME…] [--list]: proves that the checks detect errors. Each patch breaks one guarantee in a copy of the engine. The
# suite must detect it with the fault that the patch names, and name the broken invariant.
run_broken_builds() {
  local word name list='' chosen=() known copy=$root/.run/broken detected=0 missed=()
  known=$(broken_names)
  [[ $known ]] || fail "there is no broken build in tests/Faults/Broken."
  for word in "$@"; do
    case $word in
      --list) list=yes ;;
      -*) fail "'./hunt faults --broken' does not take '$word'." "It takes --list and names: ${known//$'\n'/ }" ;;
      *)
        [[ $'\n'$known$'\n' == *$'\n'"$word"$'\n'* ]] || fail "there is no broken build '$word'." "Names: ${known//$'\n'/ }"
        chosen+=("$word")
        ;;
    esac
  done
  ((${#chosen[@]})) || mapfile -t chosen <<<"$known"
  if [[ $list ]]; then
    for name in "${chosen[@]}"; do
      printf '%-28s %-28s invariant %s\n' "$name" "$(patch_header "$name" fault)" "$(patch_header "$name" breaks)"
    done
    return
  fi
  # An interrupted run may have left a patched copy.
  rm -rf "$copy"
  mkdir -p "$copy/.run"
  (cd "$root" && cp -a .editorconfig BannedSymbols.txt Directory.*.props TreasureHunt.sln deploy global.json hunt bench docs src tests tools "$copy/")
  for name in "${chosen[@]}"; do
    say "building with a broken guarantee: $name"
    patch -d "$copy" -p1 -s -F0 <"$root/tests/Faults/Broken/$name.patch" ||
      fail "tests/Faults/Broken/$name.patch does not apply to the sources." "Create the patch again."
    if is_broken_build_detected "$copy" "$(patch_header "$name" fault)" "$(patch_header "$name" breaks)"; then
      say "detected: $name"
      detected=$((detected + 1))
    else
      say "NOT detected: $name"
      missed+=("$name")
    fi
    # Only the files of this patch and of the next one are compiled again.
    patch -d "$copy" -p1 -s -F0 -R <"$root/tests/Faults/Broken/$name.patch"
  done
  rm -rf "$copy"
  echo "$detected broken builds detected, ${#missed[@]} not detected${missed[*]:+: ${missed[*]}}"
  ((${#missed[@]} == 0 && detected > 0))
}

# broken_names: prints a name for each line.
broken_names() {
  local patch
  for patch in "$root"/tests/Faults/Broken/*.patch; do
    [[ ! -e $patch ]] || basename "$patch" .patch
  done
}

# patch_header NAME fault|breaks: prints a header of a patch.
patch_header() { sed -n "s/^$2: //p" "$root/tests/Faults/Broken/$1.patch"; }

# is_broken_build_detected COPY FAULT INVARIANTS: whether the fault ran, failed and named one of the invariants, in one run.
is_broken_build_detected() {
  local number
  "$1/hunt" faults "$2" --short --seed 1 2>&1 | tee "$1/.run/suite.log" || true
  if grep -q '^hunt: the build failed' "$1/.run/suite.log"; then
    say "the patched sources do not compile: create the patch again (tests/Faults/Broken)"
    return 1
  fi
  # Without this line another step has failed, and the fault may not have run.
  grep -qE "^ *[0-9]+ $2 +BROKEN " "$1/.run/suite.log" || return 1
  for number in $3; do
    if grep -q "^ *invariant $number " "$1/.run/suite.log"; then return 0; fi
  done
  return 1
}
