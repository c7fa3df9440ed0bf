# What reads the OpenAPI document in the tests: Spectral, which looks for mistakes in it, and the generators that make clients from it.

install_openapi_tools() {
  require_dotnet
  mkdir -p "$root/.run"
  # Two runs at once would write the same files.
  exec 6>"$root/.run/openapi-tools.lock"
  flock 6
  install_spectral
  say "restoring the generators of clients"
  (cd "$root" && dotnet tool restore) >"$root/.run/openapi-tools.log" 2>&1 6>&- || openapi_tools_failed "dotnet tool restore"
  exec 6>&-
}

# The versions that the lockfile names. No package runs a script of its own.
install_spectral() {
  local lockfile=$root/tests/OpenApi/package-lock.json folder=$root/.run/spectral
  ! cmp -s "$lockfile" "$folder/installed.json" || return 0
  say "installing Spectral"
  mkdir -p "$folder"
  rm -f "$folder/installed.json"
  cp "$root"/tests/OpenApi/package*.json "$folder"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund </dev/null >"$root/.run/openapi-tools.log" 2>&1 6>&- || openapi_tools_failed "npm ci"
  cp "$lockfile" "$folder/installed.json"
}

openapi_tools_failed() {
  tail -n 20 "$root/.run/openapi-tools.log" >&2
  fail "'$1' failed." "Its last words are above, all of them in $root/.run/openapi-tools.log"
}
