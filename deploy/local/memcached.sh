# Memcached: the hot read models.

memcached_start() {
  local user=()
  ! is_running memcached || return 0
  require_free_port memcached "$(port_of memcached)"
  # As root it needs another account to run as.
  ! is_root || user=(-u nobody)
  start_process memcached memcached "${user[@]}" -l 127.0.0.1 -p "$(port_of memcached)" -U 0 -m 256 -c 4096 -t 2
}

memcached_prepare() { wait_until memcached 10 port_answers "$(port_of memcached)"; }
