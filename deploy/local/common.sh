# Words to the person at the terminal, and small tools. Everything said goes to stderr:
# stdout belongs to what a command was asked for (a token, a table, export lines).

say() { printf '%4ds  %s\n' "$SECONDS" "$*" >&2; }

# fail "what went wrong" ["what to do about it" …]
fail() {
  printf 'hunt: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '      %s\n' "$@" >&2
  exit 1
}

# refuse_folder FOLDER: MSBuild and the compiler read these in a path as something else (a quote, the end of a name, an escape, wildcards, a slash).
refuse_folder() {
  local character
  for character in '"' ';' % '*' '?' '\' $'\n'; do
    [[ $1 != *"$character"* ]] || fail "the path of this checkout holds '$character', with which .NET cannot build: $1" "Move it to a folder without."
  done
}

is_root() { ((EUID == 0)); }

has() { command -v "$1" >/dev/null 2>&1; }

# render TEMPLATE key=value … : the template with every @key@ replaced. The quotes keep '&' from standing for what was found (bash 5.2).
render() {
  local text pair
  text=$(<"$1")
  shift
  for pair; do text=${text//"@${pair%%=*}@"/"${pair#*=}"}; done
  printf '%s\n' "$text"
}

# redis_text TEXT: as Redis reads it between double quotes.
redis_text() {
  local text=${1//\\/\\\\}
  printf '%s\n' "${text//\"/\\\"}"
}

memory_megabytes() { awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo; }

larger() { printf '%s\n' "$(($1 > $2 ? $1 : $2))"; }

smaller() { printf '%s\n' "$(($1 < $2 ? $1 : $2))"; }

random_text() { head -c 512 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | head -c "$1"; }

# Thousands of callers are thousands of sockets. The cap is for machines without a limit, where
# Erlang and HAProxy would reserve memory for a million of them.
raise_file_limit() {
  local hard
  hard=$(ulimit -Hn)
  [[ $hard != unlimited ]] && ((hard < 65536)) || hard=65536
  ulimit -Sn "$hard" 2>/dev/null || true
}
