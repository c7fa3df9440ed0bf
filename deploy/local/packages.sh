# Finds the programs that the servers and hosts need, and installs the packages of those that are missing.

# Debian keeps servers' programs in folders that are not on an ordinary user's PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

missing_packages() {
  newest_postgres >/dev/null || echo postgresql
  [[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || echo rabbitmq-server
  has redis-server && has redis-cli || echo redis-server redis-tools
  has memcached || echo memcached
  has haproxy || echo haproxy
  has curl || echo curl
  # NuGet's server is known by it.
  [[ -e /etc/ssl/certs/ca-certificates.crt ]] || echo ca-certificates
  has ss || echo iproute2
  has ps || echo procps
}

# The folder of the newest PostgreSQL's programs.
newest_postgres() {
  local folder
  folder=$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)
  [[ -x $folder ]] && dirname "$folder"
}

has_dotnet() { has dotnet && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

# install_all [PROGRAM…]: what the system needs, and programs whose package has their name.
install_all() {
  require_packages "$@"
  require_dotnet
  say "everything that is needed is installed"
}

require_packages() {
  local -a missing
  local program
  mapfile -t missing < <({ missing_packages; for program; do has "$program" || echo "$program"; done; } | tr ' ' '\n')
  ((${#missing[@]} == 0)) && return
  has apt-get || fail "these programs are missing: ${missing[*]}" \
    "./hunt installs packages on Debian and Ubuntu only: install them with this system's own package manager."
  is_root || fail "these packages are missing: ${missing[*]}" "Install them with" "" \
    "  sudo '$root/hunt' install" "" "or by hand (their own services then start on their standard ports):" "" \
    "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  say "installing ${missing[*]}"
  apt_install "${missing[@]}"
}

require_dotnet() {
  has_dotnet && return
  local by_hand
  # shellcheck disable=SC2016  # to be pasted: $VERSION_ID is for the reader's shell
  by_hand='. /etc/os-release && curl -fsSLo /tmp/ms.deb "https://packages.microsoft.com/config/$ID/$VERSION_ID/packages-microsoft-prod.deb" && sudo dpkg -i /tmp/ms.deb && sudo apt-get update && sudo apt-get install -y dotnet-sdk-10.0'
  if has apt-cache; then
    ! is_root || apt-get update -qq >&2 || true
    if [[ -n $(apt-cache search --names-only '^dotnet-sdk-10\.0$' 2>/dev/null) ]]; then
      is_root || fail "the .NET 10 SDK is missing" "sudo apt-get install -y --no-install-recommends dotnet-sdk-10.0"
      say "installing dotnet-sdk-10.0"
      apt_install dotnet-sdk-10.0
      return
    fi
  fi
  fail "the .NET 10 SDK is missing, and this system's packages do not have it. Install it with" "" "  $by_hand"
}

# Installs without starting anything: the packages' own services would take the standard ports of this machine.
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
    fail "apt-get could not install $*" "Its last words are above. Once it can: apt-get install -y --no-install-recommends $*"
  fi
  # Nor at the next boot.
  while read -r service; do update-rc.d "$service" disable >/dev/null 2>&1 || true; done \
    < <(comm -13 <(echo "$before") <(services))
)

services() {
  local name
  for name in postgresql rabbitmq-server redis-server memcached haproxy; do
    [[ ! -e /etc/init.d/$name ]] || echo "$name"
  done | sort
}
