# ./hunt faults: breaks servers and hosts of a set of its own, under load, and checks what is left.

faults() {
  if [[ ${1:-} == --broken ]]; then faults_broken "${@:2}"; return; fi
  if [[ " $* " == *" --list "* ]]; then faults_list "$@"; return; fi
  use_set faults
  # What an interrupted suite left behind may still be broken.
  ! set_exists || down --purge
  build faults
  trap faults_end EXIT
  servers_up
  hosts_up
  # The suite brings back what it kills with ./hunt itself.
  unlock_set
  # A caller's answer is looked at where it arrives: passing it to another thread costs as much as HAProxy's whole part of it.
  # Callers take the processor from nobody who is in the middle of something (sched(7), SCHED_BATCH): else each answer of the proxy stops it.
  DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 chrt --batch 0 dotnet "$root/tests/Faults/bin/Release/net10.0/TreasureHunt.Faults.dll" "$@"
}

# faults_list [NAME|NUMBER…] [--short]: the faults as the suite itself lists them, without a build and without a set.
faults_list() {
  local word list=$root/deploy/local/help/faults-list.txt names=() found
  for word; do
    case $word in
      --short) list=$root/deploy/local/help/faults-list-short.txt ;;
      -*) ;;
      *) names+=("$word") ;;
    esac
  done
  if ((${#names[@]} == 0)); then cat "$list"; return; fi
  for word in "${names[@]}"; do
    found=$(awk -v word="$word" '$1 == word || $2 == word' "$root/deploy/local/help/faults-list.txt")
    [[ $found ]] || fail "there is no fault '$word'." "./hunt faults --list tells which there are."
    printf '%s\n' "$found"
  done
}

faults_end() {
  local code=$?
  trap - EXIT
  down --purge || true
  exit "$code"
}

# faults_broken [NAME…] [--list]: a checker that finds nothing proves nothing until it has found something. Each patch breaks one
# promise in a copy of the engine; the fault that it names must bring it to light, and the checker must name the invariant.
faults_broken() {
  local word name list='' chosen=() known copy=$root/.run/broken caught=0 missed=()
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
      printf '%-28s %-28s invariant %s\n' "$name" "$(broken_says "$name" fault)" "$(broken_says "$name" breaks)"
    done
    return
  fi
  for name in "${chosen[@]}"; do
    say "building without a promise: $name"
    mkdir -p "$copy/.run"
    rm -rf "$copy/src"
    (cd "$root" && cp -a .editorconfig BannedSymbols.txt Directory.*.props TreasureHunt.sln deploy global.json hunt bench docs src tests "$copy/")
    patch -d "$copy" -p1 -s -F0 <"$root/tests/Faults/Broken/$name.patch" ||
      fail "tests/Faults/Broken/$name.patch does not fit the engine any more." "Make it anew."
    if faults_catch "$copy" "$(broken_says "$name" fault)" "$(broken_says "$name" breaks)"; then
      say "caught: $name"
      caught=$((caught + 1))
    else
      say "NOT caught: $name"
      missed+=("$name")
    fi
  done
  rm -rf "$copy"
  echo "$caught broken builds caught, ${#missed[@]} not${missed[*]:+: ${missed[*]}}"
  ((${#missed[@]} == 0 && caught > 0))
}

# broken_names: a name a line.
broken_names() {
  local patch
  for patch in "$root"/tests/Faults/Broken/*.patch; do
    [[ ! -e $patch ]] || basename "$patch" .patch
  done
}

# broken_says NAME fault|breaks: what a patch says of itself.
broken_says() { sed -n "s/^$2: //p" "$root/tests/Faults/Broken/$1.patch"; }

# faults_catch COPY FAULT INVARIANTS: whether the fault ran, is broken and names one of the invariants. One run: the fault makes what it needs happen.
faults_catch() {
  local number
  "$1/hunt" faults "$2" --short --seed 1 2>&1 | tee "$1/.run/suite.log" || true
  ! grep -q '^hunt: the build failed' "$1/.run/suite.log" || fail "the build without this promise has errors." "Make the patch anew: tests/Faults/Broken."
  # Without this line something else has failed, and the fault may never have run.
  grep -qE "^ *[0-9]+ $2 +BROKEN " "$1/.run/suite.log" || return 1
  for number in $3; do
    if grep -q "^ *invariant $number " "$1/.run/suite.log"; then return 0; fi
  done
  return 1
}
