# Tools for the tests of the OpenAPI document: the linter Spectral, and the generators of clients.

install_openapi_tools() {
  require_dotnet
  mkdir -p "$root/.run"
  # Concurrent runs would write the same files.
  exec 6>"$root/.run/openapi-tools.lock"
  flock 6
  install_spectral
  say "restoring the generators of clients"
  (cd "$root" && dotnet tool restore) >"$root/.run/openapi-tools.log" 2>&1 6>&- || openapi_tools_failed "dotnet tool restore"
  exec 6>&-
}

# Installs the versions of the lockfile, without the scripts of the packages.
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
  fail "'$1' failed." "The end of its output is above; the whole output: $root/.run/openapi-tools.log"
}
