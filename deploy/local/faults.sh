# ./hunt faults: breaks servers and hosts of a set of its own, under load, and checks what is left.

faults() {
  if [[ ${1:-} == --broken ]]; then faults_broken "${@:2}"; return; fi
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

faults_end() {
  local code=$?
  trap - EXIT
  down --purge || true
  exit "$code"
}

# faults_broken [NAME…]: a checker that finds nothing proves nothing until it has found something. Each patch breaks one
# promise in a copy of the engine; the fault that it names must bring it to light, and the checker must name the invariant.
faults_broken() {
  local patch name copy=$root/.run/broken caught=0 missed=0
  for patch in "$root"/tests/Faults/Broken/*.patch; do
    name=$(basename "$patch" .patch)
    (($# == 0)) || [[ " $* " == *" $name "* ]] || continue
    say "building without a promise: $name"
    mkdir -p "$copy/.run"
    rm -rf "$copy/src"
    (cd "$root" && cp -a .editorconfig BannedSymbols.txt Directory.*.props TreasureHunt.sln deploy global.json hunt bench src tests "$copy/")
    patch -d "$copy" -p1 -s <"$patch" || fail "$patch does not fit the engine any more." "Make it anew."
    if faults_catch "$copy" "$(sed -n 's/^fault: //p' "$patch")" "$(sed -n 's/^breaks: //p' "$patch")"; then
      say "caught: $name"
      caught=$((caught + 1))
    else
      say "NOT caught: $name"
      missed=$((missed + 1))
    fi
  done
  rm -rf "$copy"
  echo "$caught broken builds caught, $missed not"
  ((missed == 0))
}

# faults_catch COPY FAULT INVARIANTS: whether one of the invariants is named. What depends on a moment gets a few chances.
faults_catch() {
  local try number
  for try in 1 2 3 4; do
    "$1/hunt" faults "$2" --seed "$try" 2>&1 | tee "$1/.run/suite.log" || true
    for number in $3; do
      if grep -q "invariant $number " "$1/.run/suite.log"; then return 0; fi
    done
  done
  return 1
}
