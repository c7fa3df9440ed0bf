# Installs the packages of missing programs that the servers and hosts need.

# On Debian these folders are not on the PATH of ordinary users.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

missing_packages() {
  newest_postgres >/dev/null || echo postgresql
  [[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || echo rabbitmq-server
  has redis-server && has redis-cli || echo redis-server redis-tools
  has memcached || echo memcached
  has haproxy || echo haproxy
  has curl || echo curl
  # Needed for the connection to NuGet.
  [[ -e /etc/ssl/certs/ca-certificates.crt ]] || echo ca-certificates
  has ss || echo iproute2
  has ps || echo procps
}

# Prints the program folder of the newest PostgreSQL.
newest_postgres() {
  local folder
  folder=$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)
  [[ -x $folder ]] && dirname "$folder"
}

has_dotnet() { has dotnet && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

# install_all [PROGRAM…]: installs all requirements, and the named programs, whose packages have the same names.
install_all() {
  require_packages "$@"
  require_dotnet
  say "all required packages are installed"
}

require_packages() {
  local -a missing
  local program
  mapfile -t missing < <({ missing_packages; for program; do has "$program" || echo "$program"; done; } | tr ' ' '\n')
  ((${#missing[@]} == 0)) && return
  has apt-get || fail "these programs are missing: ${missing[*]}" \
    "./hunt installs packages on Debian and Ubuntu only. Install them with the package manager of this system."
  is_root || fail "these packages are missing: ${missing[*]}" "Install them with" "" \
    "  sudo '$root/hunt' install" "" "or manually (their services then start on the standard ports):" "" \
    "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  say "installing ${missing[*]}"
  apt_install "${missing[@]}"
}

require_dotnet() {
  has_dotnet && return
  local install_command
  # shellcheck disable=SC2016  # to be pasted: $VERSION_ID is for the reader's shell
  install_command='. /etc/os-release && curl -fsSLo /tmp/ms.deb "https://packages.microsoft.com/config/$ID/$VERSION_ID/packages-microsoft-prod.deb" && sudo dpkg -i /tmp/ms.deb && sudo apt-get update && sudo apt-get install -y dotnet-sdk-10.0'
  if has apt-cache; then
    ! is_root || apt-get update -qq >&2 || true
    if [[ -n $(apt-cache search --names-only '^dotnet-sdk-10\.0$' 2>/dev/null) ]]; then
      is_root || fail "the .NET 10 SDK is missing." "Run: sudo apt-get install -y --no-install-recommends dotnet-sdk-10.0"
      say "installing dotnet-sdk-10.0"
      apt_install dotnet-sdk-10.0
      return
    fi
  fi
  fail "the .NET 10 SDK is missing, and this system has no package for it. Install it with" "" "  $install_command"
}

# Installs packages without starting their services, which would use the standard ports of this machine.
apt_install() (
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  trap 'exit 130' INT TERM
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$log" "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  before=$(services)
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
  if ! { apt-get update && apt-get install -y --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "apt-get could not install $*" "The end of its output is above. To retry: apt-get install -y --no-install-recommends $*"
  fi
  # The services do not start at the next boot either.
  while read -r service; do update-rc.d "$service" disable >/dev/null 2>&1 || true; done \
    < <(comm -13 <(echo "$before") <(services))
)

services() {
  local name
  for name in postgresql rabbitmq-server redis-server memcached haproxy; do
    [[ ! -e /etc/init.d/$name ]] || echo "$name"
  done | sort
}
