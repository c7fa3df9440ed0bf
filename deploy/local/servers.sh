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
  [[ -z $given ]] || say "given by the environment, so not started:$given"
  # RabbitMQ takes longest to come up: the others do it meanwhile.
  ! is_ours rabbitmq || rabbitmq_start
  redis_start
  ! is_ours memcached || memcached_start
  haproxy_start
  ! is_ours postgres || postgres_start
  ! is_ours memcached || memcached_prepare
  haproxy_prepare
  redis_prepare
  ! is_ours postgres || postgres_prepare
  ! is_ours rabbitmq || rabbitmq_prepare
  say "the servers of the set '$set_name' are up"
}

servers_down() {
  local name others=() pid
  for name in $(recorded_processes); do
    case $name in postgres | epmd) ;; *) others+=("$name") ;; esac
  done
  # PostgreSQL takes SIGINT for "end the sessions and stop"; at SIGTERM it would wait for them.
  ! pid=$(process_pid postgres) || kill -INT "$pid"
  stop_processes TERM 30 "${others[@]}"
  stop_processes INT 30 postgres
  stop_processes TERM 5 epmd
  [[ ! -d $run_dir/postgres/data ]] || postgres_end_leftovers
}

servers_command() {
  case ${1:-} in up | reload | env) takes_no_words "servers $1" "${@:2}" ;; esac
  case ${1:-} in
    up)
      tell_when_interrupted
      servers_up
      ;;
    down) down "${@:2}" ;;
    reload) require_set; haproxy_reload ;;
    env) require_set; load_environment; print_environment ;;
    *) fail "'./hunt servers' takes up, down, reload or env." "./hunt servers --help tells more." ;;
  esac
}
