# Builds the hosts, or everything with the tests, for Release.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_CLI_UI_LANGUAGE=en

# build hosts|faults|bench|everything: does nothing when no source has changed since the last successful build.
build() {
  local stamp=$root/.run/built-$1 solution=deploy/local/hosts.slnf
  [[ $1 == hosts ]] || solution=TreasureHunt.sln
  [[ $1 != bench && $1 != faults ]] || solution=deploy/local/$1.slnf
  require_dotnet
  mkdir -p "$root/.run"
  # Concurrent builds would write the same files.
  exec 7>"$root/.run/build.lock"
  flock 7
  # A build of everything includes the hosts.
  if ! is_built "$stamp" && ! is_built "$root/.run/built-everything"; then
    say "building $1"
    touch "$stamp.new"
    # Build servers would keep running after the build.
    (cd "$root" && dotnet build "$solution" -c Release -v quiet -nologo --disable-build-servers) >"$root/.run/build.log" 2>&1 7>&- ||
      { grep -E 'error|Error' "$root/.run/build.log" | sort -u | head -n 20 >&2 || true
        fail "the build failed." "The whole output: $root/.run/build.log"; }
    mv "$stamp.new" "$stamp"
    # Every build includes the hosts.
    [[ $1 == hosts ]] || cp -p "$stamp" "$root/.run/built-hosts"
  fi
  exec 7>&-
}

is_built() {
  local host folders=("$root/src" "$root/tools")
  [[ $1 == */built-hosts ]] || folders+=("$root/tests" "$root/bench" "$root/docs/samples")
  [[ -e $1 ]] || return 1
  for host in Api Cli Commands Projections; do [[ -e $(program_of "$host") ]] || return 1; done
  [[ -z $(find "${folders[@]}" "$root"/*.{props,json,sln} -name bin -prune -o -name obj -prune -o -newer "$1" -print -quit) ]]
}

program_of() { echo "$root/src/$1/bin/Release/net10.0/TreasureHunt.$1.dll"; }
