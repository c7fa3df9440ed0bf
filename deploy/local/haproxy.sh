# HAProxy, the edge proxy. Its configuration is one file for every way of running the system; where its servers are comes
# from the environment.

# The limits are those settings of the proxy whose default is a number.
limit_names() { sed -nE 's/^ *presetenv (HUNT_[A-Z_]+) [0-9]+$/\1/p' "$root/deploy/haproxy/haproxy.cfg"; }

# HAProxy itself would read what is no number as 0, and turn everybody away.
check_limits() {
  local name
  for name in $(limit_names); do
    [[ -z ${!name+set} || ${!name} =~ ^[1-9][0-9]{0,8}$ ]] ||
      fail "$name is '${!name}': it must be a whole number of at least 1." "docs/configuration.md tells what each limit means."
  done
}

# with_places COMMAND…
with_places() {
  check_limits
  # The tools of this machine send thousands of requests a second from one address. Other addresses of it have the usual limits.
  HUNT_TRUSTED_SOURCES=${HUNT_TRUSTED_SOURCES:-127.0.0.1} \
    HUNT_SITE=127.0.0.1:$site_port HUNT_OPERATORS=127.0.0.1:$(port_of operators) \
    HUNT_API_1=127.0.0.1:$(port_of api-1) HUNT_API_2=127.0.0.1:$(port_of api-2) \
    HUNT_COMMANDS_1=127.0.0.1:$(port_of commands-1) HUNT_COMMANDS_2=127.0.0.1:$(port_of commands-2) \
    HUNT_PROJECTIONS=127.0.0.1:$(port_of projections) "$@"
}

haproxy_start() {
  ! is_running haproxy || return 0
  require_free_port haproxy "$site_port"
  require_free_port operators "$(port_of operators)"
  with_places start_process haproxy haproxy -W -db -f "$root/deploy/haproxy/haproxy.cfg"
}

haproxy_prepare() { wait_until haproxy 10 port_answers "$site_port"; }

# A new worker takes over; the old one finishes what it has begun.
haproxy_reload() {
  local pid
  pid=$(process_pid haproxy) || fail "HAProxy of the set '$set_name' is not running." "./hunt servers up --name $set_name"
  with_places haproxy -c -q -f "$root/deploy/haproxy/haproxy.cfg" || fail "deploy/haproxy/haproxy.cfg is not valid: nothing was reloaded."
  kill -USR2 "$pid"
  say "HAProxy is reloading; its log: ./hunt logs haproxy --name $set_name"
}
