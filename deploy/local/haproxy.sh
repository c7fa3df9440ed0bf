# HAProxy, the edge proxy. One configuration file serves every deployment; the addresses come from the environment.

# The limits are the settings of the proxy with a number as default.
limit_names() { sed -nE 's/^ *presetenv (HUNT_[A-Z_]+) [0-9]+$/\1/p' "$root/deploy/haproxy/haproxy.cfg"; }

# Two Apis make two messages of the claims that one Api sends in one. On two processors the second Api takes claims only when the first fails.
claim_balance() { if (($(nproc) > 2)); then echo leastconn; else echo first; fi; }

# HAProxy would read any other text as 0, and refuse every request.
check_limits() {
  local name
  for name in $(limit_names); do
    [[ -z ${!name+set} || ${!name} =~ ^[1-9][0-9]{0,8}$ ]] ||
      fail "$name is '${!name}': it must be a whole number of at least 1." "docs/configuration.md describes each limit."
  done
}

# with_addresses COMMAND…: runs a command with the addresses of the set.
with_addresses() {
  check_limits
  # Tools on this machine send thousands of requests a second from 127.0.0.1. Other addresses keep their limits.
  HUNT_TRUSTED_SOURCES=${HUNT_TRUSTED_SOURCES:-127.0.0.1} \
    HUNT_CLAIM_BALANCE=${HUNT_CLAIM_BALANCE:-$(claim_balance)} HUNT_SITE=127.0.0.1:$site_port HUNT_OPERATORS=127.0.0.1:$(port_of operators) \
    HUNT_API_1=127.0.0.1:$(port_of api-1) HUNT_API_2=127.0.0.1:$(port_of api-2) \
    HUNT_COMMANDS_1=127.0.0.1:$(port_of commands-1) HUNT_COMMANDS_2=127.0.0.1:$(port_of commands-2) \
    HUNT_PROJECTIONS=127.0.0.1:$(port_of projections) "$@"
}

haproxy_start() {
  ! is_running haproxy || return 0
  require_free_port haproxy "$site_port"
  require_free_port operators "$(port_of operators)"
  # As a batch process (sched(7)) it does not interrupt a host for each answer, and keeps its share of the processors.
  with_addresses start_process haproxy chrt -b 0 haproxy -W -db -f "$root/deploy/haproxy/haproxy.cfg"
}

haproxy_prepare() { wait_until haproxy 10 port_answers "$site_port"; }

# A new process takes over; the old one completes its requests.
haproxy_reload() {
  local pid
  pid=$(process_pid haproxy) || fail "HAProxy of the set '$set_name' is not running." "Run ./hunt servers up --name $set_name."
  with_addresses haproxy -c -q -f "$root/deploy/haproxy/haproxy.cfg" || fail "deploy/haproxy/haproxy.cfg is not valid: HAProxy keeps its configuration."
  kill -USR2 "$pid"
  say "HAProxy reloads its configuration; see its log: ./hunt logs haproxy --name $set_name"
}
