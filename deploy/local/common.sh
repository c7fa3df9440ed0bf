# Messages and helpers. Messages go to stderr; stdout has only the result of a command (a token, a table, export lines).

say() { printf '%4ds  %s\n' "$SECONDS" "$*" >&2; }

# fail ERROR [ADVICE …]
fail() {
  printf 'hunt: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '      %s\n' "$@" >&2
  exit 1
}

# validate_checkout_path FOLDER: these characters in a path have a meaning for MSBuild and the compiler (quote, separator, escape, wildcard, slash).
validate_checkout_path() {
  local character
  for character in '"' ';' % '*' '?' '\' $'\n'; do
    [[ $1 != *"$character"* ]] || fail "the path of this checkout holds '$character', with which .NET cannot build: $1" "Move the checkout to another folder."
  done
}

is_root() { ((EUID == 0)); }

has() { command -v "$1" >/dev/null 2>&1; }

# render TEMPLATE key=value …: prints the template with every @key@ replaced. Without the quotes, bash 5.2 replaces '&' by the match.
render() {
  local text pair
  text=$(<"$1")
  shift
  for pair; do text=${text//"@${pair%%=*}@"/"${pair#*=}"}; done
  printf '%s\n' "$text"
}

# redis_text TEXT: escapes text for double quotes in a Redis configuration.
redis_text() {
  local text=${1//\\/\\\\}
  printf '%s\n' "${text//\"/\\\"}"
}

memory_megabytes() { awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo; }

larger() { printf '%s\n' "$(($1 > $2 ? $1 : $2))"; }

smaller() { printf '%s\n' "$(($1 < $2 ? $1 : $2))"; }

random_text() { head -c 512 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | head -c "$1"; }

# Thousands of callers need thousands of sockets. The maximum is for machines without a limit, where Erlang and HAProxy would reserve
# memory for a million sockets.
raise_file_limit() {
  local hard
  hard=$(ulimit -Hn)
  [[ $hard != unlimited ]] && ((hard < 65536)) || hard=65536
  ulimit -Sn "$hard" 2>/dev/null || true
}
