# All servers of a set.

server_names=(
  postgres epmd rabbitmq redis-locks-1 redis-locks-2 redis-locks-3
  redis-read-models-1 redis-read-models-2 redis-read-models-3 memcached haproxy
)

servers_up() {
  check_site_port
  check_limits
  require_packages
  lock_set
  create_set
  load_environment
  raise_file_limit
  say "starting the servers of the set '$set_name' (ports from $base_port, the site at $site_port)"
  [[ -z $external_servers ]] || say "not started, because the environment has their connection strings:$external_servers"
  # RabbitMQ needs the longest time: the other servers start meanwhile.
  ! is_managed rabbitmq || rabbitmq_start
  redis_start
  ! is_managed memcached || memcached_start
  haproxy_start
  ! is_managed postgres || postgres_start
  ! is_managed memcached || memcached_prepare
  haproxy_prepare
  redis_prepare
  ! is_managed postgres || postgres_prepare
  ! is_managed rabbitmq || rabbitmq_prepare
  say "the servers of the set '$set_name' are up"
}

servers_down() {
  local name others=() pid
  for name in $(recorded_processes); do
    case $name in postgres | epmd) ;; *) others+=("$name") ;; esac
  done
  # With SIGINT PostgreSQL ends its sessions and stops; with SIGTERM it would wait for them.
  ! pid=$(process_pid postgres) || kill -INT "$pid"
  stop_processes TERM 30 "${others[@]}"
  stop_processes INT 30 postgres
  stop_processes TERM 5 epmd
  [[ ! -d $run_dir/postgres/data ]] || postgres_end_leftovers
}

servers_command() {
  local given
  case ${1:-} in up | reload | env) reject_arguments "servers $1" "${@:2}" ;; esac
  case ${1:-} in
    up)
      report_interrupts
      servers_up
      ;;
    down) down "${@:2}" ;;
    reload) require_set; haproxy_reload ;;
    env) require_set; given=" $(compgen -e | tr '\n' ' ')"; load_environment; print_environment "$given" ;;
    *) fail "'./hunt servers' takes up, down, reload or env." "See ./hunt servers --help." ;;
  esac
}
